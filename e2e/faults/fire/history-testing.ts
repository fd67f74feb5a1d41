import { dice } from "@/e2e/faults/dice";
import type { Asked, Call, Final, History, Recorded } from "@/e2e/faults/fire/history";
import { agentState, step, type ApprovalEvent, type ApprovalRecord } from "@/lib/approvals/machine";

export const PEOPLE = ["ana", "bo", "eve"];
const GATES = ["gate/1", "gate/2"];
const VALID_MS = 10_000_000;
const RELEASE_MS = 6_000;

/** Something that happens at one instant within the time of its call. */
interface Happening {
  approvalId: string;
  fromMs: number;
  atMs: number;
  toMs: number;
  what: "approve" | "reject" | "undo" | "expire" | "cancel" | "use" | "look";
  by: string;
  gate: string;
  argsHash: string;
  runId: string;
}

/** A history that holds together: random calls, carried out one after the other by the machine itself. */
export function simulated(seed: number, approvals = 4): History {
  const random = dice(seed);
  const upTo = (n: number): number => Math.floor(random() * n);
  const pick = <T>(all: readonly T[]): T => all[upTo(all.length)] as T;
  const asked: Asked[] = Array.from({ length: approvals }, (_, at) => ({
    id: `approval-${at}`,
    runId: `run-${at}`,
    agentId: "agent",
    action: "desk.refund",
    argsHash: `args-${at}`,
    approverIds: PEOPLE,
    excludedIds: random() < 0.3 ? ["eve"] : [],
    quorum: 1 + upTo(2),
    deadlineMs: (500 + upTo(1_500)) * 100,
  }));
  let made = 0;
  const happenings = asked.flatMap((one): Happening[] =>
    Array.from({ length: 4 + upTo(12) }, (_unused, at): Happening => {
      // No two at the same instant; spans overlap freely.
      const atMs = upTo(2_000) * 100 + made++;
      const what = pick([
        "approve",
        "approve",
        "reject",
        "use",
        "use",
        "look",
        "look",
        "expire",
        at === 7 ? "cancel" : "look",
      ] as const);
      return {
        approvalId: one.id,
        fromMs: atMs - upTo(40) * 100,
        atMs,
        toMs: atMs + upTo(40) * 100,
        what,
        by: pick(PEOPLE),
        gate: pick(GATES),
        argsHash: random() < 0.2 ? "other" : one.argsHash,
        runId: random() < 0.1 ? "run-other" : one.runId,
      };
    }),
  );
  const states = new Map(asked.map((one) => [one.id, begun(one)]));
  const calls: Call[] = [];
  const records: Recorded[] = [];
  const seqs = new Map<string, number>();
  const next = (stream: string): { stream: string; seq: number } => {
    const seq = (seqs.get(stream) ?? 0) + 1;
    seqs.set(stream, seq);
    return { stream, seq };
  };
  for (const one of happenings.toSorted((a, b) => a.atMs - b.atMs)) {
    const { approvalId, fromMs, toMs, atMs, by, runId, argsHash, what } = one;
    const before = states.get(approvalId);
    if (!before) continue;
    const span = { approvalId, fromMs, toMs };
    if (what === "look") {
      calls.push({ kind: "look", ...span, runId: before.runId, state: agentState(before, new Date(atMs)) });
      continue;
    }
    const event = eventOf(one, before);
    const result = step(before, event);
    const code = result.ok ? null : `approval_${result.refusal}`;
    if (result.ok) {
      states.set(approvalId, result.record);
      records.push(
        recordOf(event, { approvalId, ...next(what === "use" ? one.gate : "configuration"), atMs }, `decision-${atMs}`),
      );
    }
    if (what === "approve" || what === "reject" || what === "undo") {
      const answered = random() < 0.9;
      calls.push({
        kind: "press",
        verb: what,
        by,
        ...span,
        ...(answered ? { code } : { code: undefined, toMs: Infinity }),
      });
    } else if (what === "use") {
      const effect = result.ok ? "allow" : "deny";
      calls.push({
        kind: "use",
        ...span,
        runId,
        argsHash,
        decisionId: `decision-${atMs}`,
        effect,
        code: code ?? "approved",
      });
    }
  }
  // Every run waits, and is told when what it waits for is released.
  for (const [approvalId, { state, runId, releaseAt }] of states) {
    if (state === "pending") continue;
    const last = records.findLast((record) => record.approvalId === approvalId && record.kind !== "redeem");
    const toMs = Math.max(last?.atMs ?? 0, releaseAt?.getTime() ?? 0) + 3;
    calls.push({ kind: "look", approvalId, fromMs: 0, toMs, runId, state });
  }
  return { approvals: asked, calls, records, finals: [...states].map(finalOf) };
}

const finalOf = ([id, { state, decidedById, votes, redeemedAt }]: [string, ApprovalRecord]): Final => ({
  id,
  state,
  decidedById,
  votes: votes.map((vote) => vote.by).toSorted(),
  redeemed: redeemedAt !== null,
});

const begun = (asked: Asked): ApprovalRecord => ({
  ...asked,
  state: "pending",
  askedArgsHash: asked.argsHash,
  votes: [],
  deadline: new Date(asked.deadlineMs),
  decidedById: null,
  releaseAt: null,
  validUntil: null,
  redeemedAt: null,
});

const STILL_MAY = new Set(PEOPLE);

function eventOf(
  { what, by, atMs, runId, argsHash }: Happening,
  { agentId, action, argsHash: current }: ApprovalRecord,
): ApprovalEvent {
  const at = new Date(atMs);
  const [releaseAt, validUntil] = [new Date(atMs + RELEASE_MS), new Date(atMs + VALID_MS)];
  switch (what) {
    case "approve":
      return {
        kind: "approve",
        by,
        holdsRole: true,
        at,
        argsHash: argsHash === "other" ? "edited" : current,
        stillMay: STILL_MAY,
        releaseAt,
        validUntil,
      };
    case "reject":
      return { kind: "reject", by, holdsRole: true, at, releaseAt };
    case "undo":
      return { kind: "undo", by, at, runOpen: true };
    case "use":
      return { kind: "redeem", at, runId, agentId, action, argsHash: argsHash === "other" ? "other" : current };
    case "cancel":
      return { kind: "cancel", at };
    default:
      return { kind: "expire", at };
  }
}

function recordOf(
  event: ApprovalEvent,
  link: { approvalId: string; stream: string; seq: number; atMs: number },
  decisionId: string,
): Recorded {
  switch (event.kind) {
    case "approve": {
      const { by, argsHash, releaseAt, validUntil } = event;
      const [releaseAtMs, validUntilMs] = [releaseAt.getTime(), validUntil.getTime()];
      return { kind: "approve", ...link, by, argsHash, releaseAtMs, validUntilMs };
    }
    case "reject":
      return { kind: "reject", ...link, by: event.by, releaseAtMs: event.releaseAt.getTime() };
    case "undo":
      return { kind: "undo", ...link, by: event.by };
    case "redeem": {
      const { runId, agentId, action, argsHash } = event;
      return { kind: "redeem", ...link, decisionId, runId, agentId, action, argsHash };
    }
    default:
      return { kind: event.kind, ...link };
  }
}
