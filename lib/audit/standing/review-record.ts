import { z } from "zod";

import { readSteps, type RecordedStep } from "@/lib/audit/standing/steps";

/** A review as stored; times are ISO 8601. */
export interface StoredReview {
  id: string;
  /** The decision that is looked at: its own record vouches for it. */
  decisionId: string;
  runId: string;
  agentId: string;
  action: string;
  state: string;
  onLapse: string;
  /** These two may be missing in a file that was written before records held them. */
  risk?: string | undefined;
  excludedIds?: string[] | undefined;
  deadline: string;
  decidedAt: string | null;
  decidedById: string | null;
  comment: string | null;
}

/** What its records say; a part that they do not say is undefined, and not compared. */
interface Said extends Omit<StoredReview, "id" | "comment"> {
  comment: string | null | undefined;
  /** The one that is under way, or was last. */
  rollbackId: string | undefined;
}

const detailOf = z.object({
  decisionId: z.string(),
  runId: z.string(),
  agentId: z.string(),
  action: z.string(),
  deadline: z.string().default(""),
  until: z.string().default(""),
  onLapse: z.string().default(""),
  risk: z.string().optional(),
  excludedIds: z.array(z.string()).optional(),
  comment: z.string().optional(),
  rollbackId: z.string().optional(),
});

type Detail = z.infer<typeof detailOf>;
type Step = ReturnType<typeof readSteps>[number];

/** The actions of the records that move one. */
export const REVIEW_STEPS = [
  "review.open",
  "review.accept",
  "review.roll_back",
  "review.undo",
  "review.lapse",
  "review.escalate",
  "rollback.done",
  "rollback.fail",
] as const;

/** In what a review is not what its records made of it: the names of its parts, none when they agree. */
export function reviewDifferences(stored: StoredReview, records: readonly RecordedStep[]): string[] {
  const said = saidOf(records);
  if (said === null) return ["question, which nobody asked"];
  const pairs: [name: string, said: unknown, stored: unknown][] = [
    ["decision", said.decisionId, stored.decisionId],
    ["run", said.runId, stored.runId],
    ["agent", said.agentId, stored.agentId],
    ["action", said.action, stored.action],
    ["state", said.state, stored.state],
    ["decider", said.decidedById, stored.decidedById],
    ["time of deciding", said.decidedAt, stored.decidedAt],
    // One that was left empty was once stored as such, and recorded as none.
    ["comment", said.comment, stored.comment === "" ? null : stored.comment],
    ["deadline", said.deadline, stored.deadline],
    ["way to lapse", said.onLapse, stored.onLapse],
    ["risk", said.risk, stored.risk],
    ["set of people who may not decide it", said.excludedIds?.join(), stored.excludedIds?.join()],
  ];
  return pairs.flatMap(([name, before, now]) => (before === undefined || before === now ? [] : [name]));
}

function saidOf(records: readonly RecordedStep[]): Said | null {
  let said: Said | null = null;
  for (const step of readSteps(records)) {
    const detail = detailOf.safeParse(step.detail);
    if (!detail.success) continue;
    if (step.action === "review.open") said = opened(detail.data);
    else if (said !== null) said = moved(said, step, detail.data);
  }
  return said;
}

const WAITING = { state: "waiting", decidedAt: null, decidedById: null, comment: null } as const;

const opened = ({ decisionId, runId, agentId, action, deadline, onLapse, risk, excludedIds }: Detail): Said => ({
  ...WAITING,
  decisionId,
  runId,
  agentId,
  action,
  deadline,
  onLapse,
  risk,
  excludedIds,
  rollbackId: undefined,
});

function moved(said: Said, { action, actorId, at }: Step, { comment, rollbackId, until }: Detail): Said {
  const decided = { decidedAt: at, decidedById: actorId, comment: comment ?? null };
  switch (action) {
    case "review.accept":
      return { ...said, ...decided, state: "accepted" };
    case "review.roll_back":
      return { ...said, ...decided, state: "rolling_back", rollbackId };
    case "review.undo":
      return { ...said, ...WAITING };
    case "review.escalate":
      return { ...said, deadline: until };
    case "review.lapse":
      // The words of a rollback that its rule ordered are Remit's own.
      if (rollbackId !== undefined)
        return { ...said, decidedAt: at, state: "rolling_back", comment: undefined, rollbackId };
      return {
        ...said,
        decidedAt: at,
        state: said.onLapse === "rollback" ? "rollback_failed" : "lapsed",
        comment: comment ?? null,
      };
    case "rollback.done":
    case "rollback.fail":
      // A gate's record of one that was tried again since stands behind the later order, and says which it is about.
      if (rollbackId !== said.rollbackId) return said;
      return { ...said, state: action === "rollback.done" ? "rolled_back" : "rollback_failed" };
    default:
      return said;
  }
}
