import type { StreamHead } from "@/lib/audit/chain";
import { contextHash, type ContextTexts } from "@/lib/audit/context-hash";
import { decide } from "@/lib/decisions/decide";
import type { Decision, RateState, Request, RunState, Snapshot, Usage } from "@/lib/decisions/types";
import type { Counter } from "@/lib/budgets/envelope";
import type { Asked } from "@/lib/gate/asked";
import type { BatchBudgets, Charge } from "@/lib/gate/batch-budgets";
import { linkRecord, type RecordLink } from "@/lib/gate/record";
import type { RunEntry } from "@/lib/gate/run-entry";
import { newId } from "@/lib/kernel/ids";
import { sha256Hex } from "@/lib/kernel/json";
import { microUsd } from "@/lib/kernel/money";

/** A decision and all that is stored of it, before it is stored. */
export interface Planned<A extends Asked = Asked> {
  asked: A;
  id: string;
  decision: Decision;
  checksText: string;
  texts: ContextTexts;
  /** Of the approval that is asked for. */
  approvalId: string | null;
  /** Where it holds money or tokens; empty where it holds none. */
  holdsIn: readonly Counter[];
  link: RecordLink;
}

/** What a batch does to one run. */
export interface RunDelta {
  entry: RunEntry;
  /** Under which it was evaluated. */
  revision: number;
  state: RunState;
  usage: Usage & { rate: RateState };
  made: number;
  denied: number;
  escalated: number;
  /** What the run has read grew. */
  classesGrew: boolean;
}

/** A batch, evaluated: to be committed as a whole under `version`, or not at all. */
export interface Plan<A extends Asked = Asked> {
  version: bigint;
  now: Date;
  head: StreamHead;
  nextHead: StreamHead;
  planned: Planned<A>[];
  /** In the order of run ids. */
  runs: RunDelta[];
  /** What its decisions reserve in envelopes. */
  charges: Charge[];
}

/** Evaluates requests one after the other, each seeing what those before it used. Changes nothing but its result. */
export function evaluate<A extends Asked>(
  snapshot: Snapshot,
  batch: readonly A[],
  head: StreamHead,
  now: Date,
  budgets: BatchBudgets | null = null,
): Plan<A> {
  const deltas = new Map<RunEntry, RunDelta>();
  const redeemed = new Set<string>();
  let nextHead = head;
  const planned = batch.map((asked): Planned<A> => {
    const delta = deltas.get(asked.entry) ?? beginDelta(asked.entry, budgets);
    deltas.set(asked.entry, delta);
    delta.usage.rate.agent = asked.agentRate;
    const decision = decide(snapshot, requestOf(asked, delta.state, redeemed, now), delta.usage, now);
    if (decision.redeems !== null) redeemed.add(decision.redeems);
    if (budgets && decision.reserves) budgets.reserve(asked.entry.id, decision.reserves);
    advance(delta, decision, snapshot.actions.get(asked.request.action));
    const id = newId();
    const asksPerson = decision.escalation !== null && delta.state.mode === "live";
    const approvalId = asksPerson ? newId() : null;
    const checksText = JSON.stringify(decision.checks);
    const texts = textsOf(asked.request);
    const linked = linkRecord(nextHead, {
      decisionId: id,
      runId: asked.entry.id,
      agentId: delta.state.agentId,
      action: asked.request.action,
      effect: decision.effect,
      code: decision.code,
      argsHash: asked.argsHash.toString("hex"),
      checksHash: sha256Hex(checksText),
      contextHash: contextHash(decision.code, decision.message, texts),
      configVersion: snapshot.version,
      mode: delta.state.mode,
      approvalId,
      plan: asksPerson ? decision.escalation : null,
      redeemed: decision.redeems,
      at: now,
    });
    nextHead = linked.head;
    const holds = decision.reserves !== null && (decision.reserves.usd > 0 || decision.reserves.tokens > 0);
    const holdsIn = holds && budgets ? budgets.counters(asked.entry.id) : NOWHERE;
    return { asked, id, decision, checksText, texts, approvalId, holdsIn, link: linked.link };
  });
  const runs = [...deltas.values()].toSorted((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
  return { version: snapshot.version, now, head, nextHead, planned, runs, charges: budgets?.charges() ?? [] };
}

const NOWHERE: readonly Counter[] = [];

const textsOf = ({ resource, evidence, estimate }: Asked["request"]): ContextTexts => ({
  resource: textOf(resource),
  evidence: textOf(evidence),
  estimate: textOf(estimate),
});

const textOf = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

const beginDelta = (entry: RunEntry, budgets: BatchBudgets | null): RunDelta => ({
  entry,
  revision: entry.revision,
  state: entry.state,
  usage: {
    run: { ...entry.usage.run },
    rate: { ...entry.usage.rate },
    ...(budgets && { budget: budgets.counters(entry.id) }),
  },
  made: 0,
  denied: 0,
  escalated: 0,
  classesGrew: false,
});

function requestOf(asked: Asked, run: RunState, redeemed: ReadonlySet<string>, now: Date): Request {
  const { action, args, resource, evidence, estimate } = asked.request;
  const request: Request = {
    run,
    action,
    args,
    argsHash: asked.argsHash.toString("hex"),
    resource: resource ?? null,
    evidence: evidence ?? null,
    estimate: estimate ? estimateOf(estimate) : null,
  };
  if (asked.claim === undefined) return request;
  const usedUp = asked.claim !== null && redeemed.has(asked.claim.id);
  return { ...request, approval: usedUp && asked.claim ? { ...asked.claim, redeemedAt: now } : asked.claim };
}

function estimateOf(estimate: { costUsd?: number | undefined; tokens?: number | undefined }): Request["estimate"] {
  return {
    ...(estimate.costUsd === undefined ? {} : { costMicroUsd: microUsd(estimate.costUsd) }),
    ...(estimate.tokens === undefined ? {} : { tokens: estimate.tokens }),
  };
}

/** What the decisions after this one see. */
function advance(
  delta: RunDelta,
  decision: Decision,
  action: { kind: string; dataClasses: readonly string[] } | undefined,
): void {
  const counts = delta.usage.run;
  delta.made++;
  delta.usage.rate.runTatUs = decision.runTatUs;
  counts.decisions++;
  if (decision.effect === "deny") {
    delta.denied++;
    counts.denials++;
  } else if (decision.effect === "escalate") {
    delta.escalated++;
    counts.escalations++;
  } else if (action?.kind === "read") {
    const unseen = action.dataClasses.filter((name) => !delta.state.dataClasses.includes(name));
    if (unseen.length === 0) return;
    delta.state = { ...delta.state, dataClasses: [...delta.state.dataClasses, ...unseen] };
    delta.classesGrew = true;
  }
}
