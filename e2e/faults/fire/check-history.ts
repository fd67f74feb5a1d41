import { groupBy } from "@/e2e/faults/fire/group-by";
import { callOf, matchCalls, type Matches } from "@/e2e/faults/fire/match-calls";
import type { Asked, Call, Final, History, Look, Recorded } from "@/e2e/faults/fire/history";
import { step, type ApprovalEvent, type ApprovalRecord, type ApprovalState } from "@/lib/approvals/machine";

export type Fault =
  /** It was settled a second time without having been given back. */
  | "double_decision"
  | "double_redemption"
  /** The machine of approvals refuses what the record says, for another reason. */
  | "impossible_step"
  /** What a caller was told had been done has no record. */
  | "unrecorded"
  /** A record of what nobody called for. */
  | "uncalled"
  /** A caller was told or refused by a state in which it can not have been at any time of the call. */
  | "stale_answer"
  /** An agent slept although its approval was settled, or never learned it. */
  | "lost_wake_up"
  /** One call ended before another began, and is recorded after it. */
  | "out_of_order"
  /** What is stored in the end is not what the record leads to. */
  | "final_differs";

export interface Violation {
  fault: Fault;
  approvalId: string;
  text: string;
}

export interface Limits {
  /** How long after a settlement an agent that waits may still be told `pending`. */
  pendingMs: number;
  /** How long after a settlement an agent that waits must be told of it. */
  toldMs: number;
}

/** One state, from when it may have begun to when it must have. */
interface Phase {
  state: ApprovalState;
  redeemed: boolean;
  earliestMs: number;
  latestMs: number;
}

/** What people saw of one, and what its agent saw: a decision that is taken back before its release is none to the agent. */
interface Phases {
  people: readonly Phase[];
  agent: readonly Phase[];
}

/**
 * Replays the record of each approval through the machine that the commands follow, and compares it with what was acknowledged to those
 * who called: nothing done twice, nothing acknowledged that is not recorded, nothing recorded that nobody did, no answer that was not
 * true at any moment of its call, nobody left waiting, and all of it in an order that agrees with the callers' clocks.
 */
export function checkHistory(history: History, limits: Limits): Violation[] {
  const calls = groupBy(history.calls, (one) => one.approvalId);
  const records = groupBy(history.records, (one) => one.approvalId);
  const finals = new Map(history.finals.map((one) => [one.id, one]));
  const known = new Set(history.approvals.map((one) => one.id));
  const strays = [...records.keys()].filter((id) => !known.has(id));
  return [
    ...strays.map((id) => violation("uncalled", id, "a record of an approval that no agent was told of")),
    ...history.approvals.flatMap((asked) =>
      checkOne(asked, calls.get(asked.id) ?? [], records.get(asked.id) ?? [], finals.get(asked.id), limits),
    ),
    ...outOfOrder(history),
  ];
}

function checkOne(
  asked: Asked,
  calls: readonly Call[],
  records: readonly Recorded[],
  final: Final | undefined,
  limits: Limits,
): Violation[] {
  const ordered = records.toSorted(inOrder);
  const matches = matchCalls(calls, ordered);
  const { phases, end, faults } = replay(asked, ordered, matches);
  const differs = differing(asked.id, end, final);
  const told = [
    ...matches.unrecorded.map((call) =>
      violation("unrecorded", asked.id, `${nameOf(call)} was acknowledged and has no record`),
    ),
    ...matches.uncalled.map((one) =>
      violation("uncalled", asked.id, `${one.kind} was recorded and nobody called for it`),
    ),
  ];
  // What was answered is compared with a history that holds together, or one fault would be reported as many.
  if (faults.length + told.length > 0) return [...faults, ...told, ...differs];
  const looks = calls.filter((one) => one.kind === "look");
  return [...differs, ...stale(asked, phases, calls), ...sleepers(asked, phases.agent, looks, limits)];
}

/** Each stream keeps its own order; of several streams, what began earlier. What settles comes before what uses. */
function inOrder(a: Recorded, b: Recorded): number {
  if (a.stream === b.stream) return a.seq - b.seq;
  return a.atMs - b.atMs || Number(a.kind === "redeem") - Number(b.kind === "redeem");
}

function replay(asked: Asked, records: readonly Recorded[], matches: Matches) {
  let record = begun(asked);
  const people: Phase[] = [PENDING];
  let agent: Phase[] = [PENDING];
  const faults: Violation[] = [];
  for (const one of records) {
    const result = step(record, eventOf(one, asked));
    if (!result.ok) {
      const text = `${one.kind} (${one.stream} ${one.seq}) after ${record.state}: ${result.refusal}`;
      faults.push(violation(faultOf(one, result.refusal), asked.id, text));
      continue;
    }
    record = result.record;
    const { state, releaseAt, redeemedAt } = record;
    const acknowledgedMs = callOf(matches, one)?.toMs ?? Infinity;
    const phase = { state, redeemed: redeemedAt !== null, earliestMs: one.atMs, latestMs: acknowledgedMs };
    people.push(phase);
    // What was under way at the release may be committed after it: the agent may have been told in between.
    if (one.kind === "undo") agent = [...agent.filter((seen) => inTime(seen, acknowledgedMs)), phase];
    else if (one.kind === "redeem") agent.push(phase);
    else if (state !== "pending") {
      const releaseMs = releaseAt?.getTime() ?? -Infinity;
      agent.push({
        ...phase,
        earliestMs: Math.max(phase.earliestMs, releaseMs),
        latestMs: Math.max(acknowledgedMs, releaseMs),
      });
    }
  }
  return { phases: { people, agent: proven(agent, matches.looks) }, end: record, faults };
}

const inTime = (seen: Phase, undoneMs: number): boolean => seen.state === "pending" || seen.earliestMs <= undoneMs;

const PENDING: Phase = { state: "pending", redeemed: false, earliestMs: -Infinity, latestMs: -Infinity };

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

/** An agent that was told of the settlement proves that it had been made by then; where it was settled more than once, nothing. */
function proven(agent: readonly Phase[], looks: readonly Look[]): Phase[] {
  const toldMs = Math.min(...looks.filter((look) => look.state !== "pending").map((look) => look.toMs));
  const first = agent.findIndex(settled);
  if (agent.some((phase, at) => at > first && phase.state === "pending")) return [...agent];
  return agent.map((phase, at) => (at === first ? { ...phase, latestMs: Math.min(phase.latestMs, toldMs) } : phase));
}

/** In what is replayed nobody loses a role: whoever voted may still decide. */
function eventOf(one: Recorded, asked: Asked): ApprovalEvent {
  const at = new Date(one.atMs);
  switch (one.kind) {
    case "approve": {
      const [releaseAt, validUntil] = [new Date(one.releaseAtMs), new Date(one.validUntilMs)];
      return { ...one, holdsRole: true, at, releaseAt, validUntil, stillMay: new Set(asked.approverIds) };
    }
    case "reject":
      return { ...one, holdsRole: true, at, releaseAt: new Date(one.releaseAtMs) };
    case "undo":
      return { ...one, at, runOpen: true };
    case "cancel":
    case "expire":
      return { kind: one.kind, at };
    case "redeem":
      return { ...one, at };
  }
}

function faultOf(one: Recorded, refusal: string): Fault {
  if (one.kind === "redeem") return refusal === "redeemed" ? "double_redemption" : "impossible_step";
  return refusal === "not_pending" && one.kind !== "expire" ? "double_decision" : "impossible_step";
}

/** Answers that were true at no moment between the call and its answer. */
function stale({ id, deadlineMs }: Asked, phases: Phases, calls: readonly Call[]): Violation[] {
  return calls.flatMap((call) => {
    const claim = claimOf(call);
    if (claim === null) return [];
    // Nobody decides after the deadline, whether the worker has come by or not.
    if (call.kind === "press" && call.toMs >= deadlineMs) return [];
    const seen = call.kind === "press" ? phases.people : phases.agent;
    const wasTrue = seen.some(
      (phase, at) =>
        claim(phase) && phase.earliestMs <= call.toMs && (seen[at + 1]?.latestMs ?? Infinity) >= call.fromMs,
    );
    return wasTrue ? [] : [violation("stale_answer", id, `${nameOf(call)} was true at no moment of the call`)];
  });
}

const settled = (phase: Phase): boolean => phase.state !== "pending";

/** What an answer says of the state at some moment of its call; null: nothing. */
function claimOf(call: Call): ((phase: Phase) => boolean) | null {
  switch (call.kind) {
    case "look":
      return (phase) => phase.state === call.state;
    case "press":
      return call.code === "approval_not_pending" ? settled : null;
    case "use":
      switch (call.code) {
        case "approval_redeemed":
          return (phase) => phase.redeemed;
        case "approval_pending":
        case "approval_rejected":
        case "approval_expired":
        case "approval_cancelled":
          return (phase) => `approval_${phase.state}` === call.code;
        default:
          return null;
      }
  }
}

function sleepers({ id, runId }: Asked, agent: readonly Phase[], looks: readonly Look[], limits: Limits): Violation[] {
  const settlement = agent[agent.findLastIndex((phase) => phase.state === "pending") + 1];
  if (!settlement) return [];
  const late = looks.flatMap((look) => {
    const sleptMs = look.toMs - Math.max(settlement.latestMs, look.fromMs);
    const text = `${nameOf(look)} came ${sleptMs} ms after it was settled`;
    return sleptMs > (look.state === "pending" ? limits.pendingMs : limits.toldMs)
      ? [violation("lost_wake_up", id, text)]
      : [];
  });
  const learned = looks.some((look) => look.runId === runId && look.state === settlement.state);
  return learned
    ? late
    : [...late, violation("lost_wake_up", id, `its run never learned that it is ${settlement.state}`)];
}

function differing(id: string, end: ApprovalRecord, final: Final | undefined): Violation[] {
  const votes = end.votes.map((vote) => vote.by).toSorted();
  const same =
    final?.state === end.state &&
    final.decidedById === end.decidedById &&
    final.votes.join() === votes.join() &&
    final.redeemed === (end.redeemedAt !== null);
  return same
    ? []
    : [violation("final_differs", id, `stored ${JSON.stringify(final)}, recorded ${JSON.stringify(end)}`)];
}

/** Records of one stream stand in the order in which their calls can have been made. */
function outOfOrder(history: History): Violation[] {
  const matches = matchCalls(history.calls, history.records);
  return [...groupBy(history.records, (one) => one.stream).values()].flatMap((records) => {
    let sentLastMs = -Infinity;
    return records
      .toSorted((a, b) => a.seq - b.seq)
      .flatMap((one) => {
        const call = callOf(matches, one);
        if (!call) return [];
        const before = call.toMs < sentLastMs;
        sentLastMs = Math.max(sentLastMs, call.fromMs);
        return before
          ? [violation("out_of_order", one.approvalId, `${one.stream} ${one.seq} stands after a later call`)]
          : [];
      });
  });
}

const nameOf = (call: Call): string => {
  switch (call.kind) {
    case "press":
      return `${call.verb} by ${call.by} (${call.code ?? "done"})`;
    case "look":
      return `the answer "${call.state}"`;
    case "use":
      return `the use ${call.decisionId} (${call.code})`;
  }
};

const violation = (fault: Fault, approvalId: string, text: string): Violation => ({ fault, approvalId, text });
