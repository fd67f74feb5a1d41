import { z } from "zod";

import { readSteps, type RecordedStep } from "@/lib/audit/standing/steps";
import { argsHash, type JsonObject } from "@/lib/kernel/json";

/** An approval as stored; times are ISO 8601, hashes hex. Its plan may be missing in a file that was written before records held it. */
export interface StoredApproval extends Partial<AskedPlan> {
  id: string;
  runId: string;
  agentId: string;
  action: string;
  args: string;
  argsHash: string;
  state: string;
  requestedAt: string;
  decidedAt: string | null;
  decidedById: string | null;
  comment: string | null;
  releaseAt: string | null;
  validUntil: string | null;
  redeemedAt: string | null;
  secondsSpent: number | null;
  editedById: string | null;
  editedAt: string | null;
  answers: string[];
  overrides: string[];
  votes: Vote[];
  /** The decision that asked, as stored: its own record vouches for it. */
  asked: { runId: string; agentId: string; action: string; argsHash: string };
  /** When a decision used it up. */
  usedAt: string | null;
}

/** Who may decide it, who never, how many must, and until when. */
interface AskedPlan {
  approverIds: string[];
  excludedIds: string[];
  quorum: number;
  deadline: string;
  risk: string;
}

interface Vote {
  by: string;
  argsHash: string;
  comment: string | null;
}

/** What the records say of an approval; what one does not say is undefined, and not compared. */
type Said = Pick<
  StoredApproval,
  | "state"
  | "argsHash"
  | "decidedAt"
  | "decidedById"
  | "editedById"
  | "editedAt"
  | "answers"
  | "overrides"
  | "requestedAt"
> & {
  votes: Map<string, Vote>;
  comment: string | null | undefined;
  releaseAt: string | null | undefined;
  validUntil: string | null | undefined;
  secondsSpent: number | null;
  plan: AskedPlan | undefined;
};

const detailOf = z.object({
  argsHash: z.string().optional(),
  approvalId: z.string().optional(),
  approvedBy: z.array(z.string()).optional(),
  answers: z.array(z.string()).default([]),
  overrides: z.array(z.string()).default([]),
  comment: z.string().nullish(),
  reason: z.string().optional(),
  releaseAt: z.string().optional(),
  validUntil: z.string().optional(),
  secondsSpent: z.number().nullish(),
  undone: z.string().optional(),
  /** Not of decisions that were made before it was in records, nor of permits. */
  plan: z
    .object({
      approverIds: z.array(z.string()),
      excludedIds: z.array(z.string()),
      quorum: z.number(),
      deadline: z.string(),
      risk: z.string(),
    })
    .optional(),
  /** Whom a route reached later. */
  asked: z.array(z.string()).default([]),
});

type Detail = z.infer<typeof detailOf>;

/** The actions of the records that move one, and of those that ask: the others say what was talked about it. */
export const APPROVAL_STEPS = [
  "decision.escalate",
  "appeal.permit",
  "approval.vote",
  "approval.approve",
  "approval.reject",
  "approval.undo",
  "approval.cancel",
  "approval.expire",
  "approval.contact",
] as const;

/**
 * In what an approval is not what its records made of it: the names of its parts, none when they agree (invariant I8, for what people decided).
 * Whom its route asks next, and who has been told, allows nothing, and is not compared.
 */
export function approvalDifferences(stored: StoredApproval, records: readonly RecordedStep[]): string[] {
  const said = saidOf(stored, records);
  if (said === null) return ["question, which nobody asked"];
  const { asked } = stored;
  const pairs: [name: string, said: unknown, stored: unknown][] = [
    ["run", asked.runId, stored.runId],
    ["agent", asked.agentId, stored.agentId],
    ["action", asked.action, stored.action],
    ["time of asking", said.requestedAt, stored.requestedAt],
    ["state", said.state, stored.state],
    ["decider", said.decidedById, stored.decidedById],
    ["time of deciding", said.decidedAt, stored.decidedAt],
    ["comment", said.comment, orNone(stored.comment)],
    ["hash of its arguments", said.argsHash, stored.argsHash],
    ["set of arguments", said.argsHash, hashOfArgs(stored)],
    ["editor", said.editedById, stored.editedById],
    ["time of editing", said.editedAt, stored.editedAt],
    ["set of answered questions", said.answers.join(), stored.answers.join()],
    ["set of overridden rules", said.overrides.join(), stored.overrides.join()],
    ["set of votes", votesText([...said.votes.values()]), votesText(stored.votes)],
    ["release", said.releaseAt, stored.releaseAt],
    ["end of validity", said.validUntil, stored.validUntil],
    ["time spent", said.secondsSpent, stored.secondsSpent],
    ["use", stored.usedAt, stored.redeemedAt],
    ["set of people who may decide it", setText(said.plan?.approverIds), setText(stored.approverIds)],
    ["set of people who may not", setText(said.plan?.excludedIds), setText(stored.excludedIds)],
    ["number of people who must approve", said.plan?.quorum, stored.quorum],
    ["deadline", said.plan?.deadline, stored.deadline],
    ["risk", said.plan?.risk, stored.risk],
  ];
  return pairs.flatMap(([name, before, now]) => (before === undefined || before === now ? [] : [name]));
}

const setText = (ids: readonly string[] | undefined): string | undefined => ids && [...new Set(ids)].toSorted().join();

/** One that was left empty was once stored as such, and recorded as none. */
const orNone = (comment: string | null): string | null => (comment === "" ? null : comment);

const votesText = (votes: readonly Vote[]): string =>
  JSON.stringify(
    votes
      .map(({ by, argsHash: hash, comment }) => [by, hash, orNone(comment)])
      .toSorted(([a], [b]) => (`${a}` < `${b}` ? -1 : 1)),
  );

function hashOfArgs({ action, args }: StoredApproval): string {
  try {
    return argsHash(action, JSON.parse(args) as JsonObject).toString("hex");
  } catch {
    return "";
  }
}

const UNDECIDED = {
  decidedAt: null,
  decidedById: null,
  comment: null,
  releaseAt: null,
  validUntil: null,
  secondsSpent: null,
} as const;

/** Goes through the records as the commands went; null when none asked for this approval. */
function saidOf({ id, asked }: StoredApproval, records: readonly RecordedStep[]): Said | null {
  let said: Said | null = null;
  for (const step of readSteps(records)) {
    const detail = detailOf.safeParse(step.detail);
    if (!detail.success) continue;
    const { data } = detail;
    if (step.action === "decision.escalate" || step.action === "appeal.permit") {
      if (data.approvalId !== id) continue;
      const unmoved: Said = {
        ...UNDECIDED,
        state: "pending",
        argsHash: asked.argsHash,
        editedById: null,
        editedAt: null,
        answers: [],
        overrides: [],
        requestedAt: step.at,
        votes: new Map<string, Vote>(),
        plan: data.plan,
      };
      said = step.action === "decision.escalate" ? unmoved : permitted(unmoved, step, data);
    } else if (said !== null && step.subjectId === id) said = moved(said, asked.argsHash, step, data);
  }
  return said;
}

type Step = ReturnType<typeof readSteps>[number];

const permitted = (said: Said, { at, actorId }: Step, { comment, validUntil, overrides }: Detail): Said => ({
  ...said,
  state: "approved",
  decidedAt: at,
  decidedById: actorId,
  comment,
  validUntil,
  overrides,
});

function moved(said: Said, askedHash: string, step: Step, detail: Detail): Said {
  switch (step.action) {
    case "approval.vote":
      return voted(said, askedHash, step, detail);
    case "approval.approve":
      return { ...voted(said, askedHash, step, detail), ...decided("approved", step, detail) };
    case "approval.reject":
      return { ...said, ...decided("rejected", step, detail), validUntil: null };
    case "approval.undo":
      return undone(said, askedHash, step, detail);
    case "approval.cancel":
      return {
        ...said,
        state: "cancelled",
        comment: detail.reason === undefined ? (detail.comment ?? null) : undefined,
      };
    case "approval.expire":
      return { ...said, state: "expired" };
    case "approval.contact":
      return {
        ...said,
        plan: said.plan && { ...said.plan, approverIds: [...said.plan.approverIds, ...detail.asked] },
      };
    default:
      return said;
  }
}

const decided = (state: string, { at, actorId }: Step, detail: Detail) => ({
  state,
  decidedAt: at,
  decidedById: actorId,
  comment: detail.comment ?? null,
  releaseAt: detail.releaseAt,
  validUntil: detail.validUntil,
  secondsSpent: detail.secondsSpent ?? null,
});

/** One more approves, perhaps for arguments that they put in the place of the present ones; whose approval counts no longer is gone. */
function voted(said: Said, askedHash: string, { at, actorId }: Step, detail: Detail): Said {
  const hash = detail.argsHash ?? said.argsHash;
  const kept = new Set(detail.approvedBy);
  const votes = new Map([...said.votes].filter(([by]) => kept.has(by)));
  votes.set(actorId, { by: actorId, argsHash: hash, comment: detail.comment ?? null });
  const by = hash === askedHash ? { editedById: null, editedAt: null } : { editedById: actorId, editedAt: at };
  return { ...said, votes, ...(hash !== said.argsHash && { argsHash: hash, answers: detail.answers, ...by }) };
}

function undone(said: Said, askedHash: string, { actorId }: Step, detail: Detail): Said {
  const votes = new Map(said.votes);
  if (detail.undone !== "rejected") votes.delete(actorId);
  const hash = detail.argsHash ?? askedHash;
  const back = hash !== said.argsHash && { argsHash: hash, answers: [], editedById: null, editedAt: null };
  return { ...said, ...UNDECIDED, state: "pending", votes, ...back };
}
