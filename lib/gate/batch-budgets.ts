import type { AgentEnvelopes, Amounts, Bounds, Counter, Use } from "@/lib/budgets/envelope";
import { PERIODS, startOf, type Period } from "@/lib/budgets/periods";
import type { RunState, Snapshot } from "@/lib/decisions/types";

/** Where an envelope counts now: the key, under which a gate remembers what it read, and the row. */
export interface Place {
  key: string;
  ownerId: string;
  period: Period;
  startsAtMs: number;
  bounds: Bounds;
}

/** What a batch reserves in one row. */
export interface Charge extends Place {
  usd: number;
  tokens: number;
  calls: number;
}

/**
 * Where the requests of a run count: in the run itself, in each run that delegated to it, and in the agent's node and every node above. A
 * delegating run's envelope caps what it sets off, or delegating would widen it. Empty where nobody set a limit.
 */
export function placesOf(snapshot: Snapshot, run: RunState, nowMs: number): readonly Place[] {
  const envelopes = snapshot.agents.get(run.agentId)?.envelopes;
  if (!envelopes) return NOWHERE;
  const ofNodes = nodePlaces(envelopes, nowMs);
  if (!envelopes.run && run.parents.length === 0) return ofNodes;
  const ofRuns = envelopes.run ? [ofRun(run.id, envelopes.run)] : [];
  for (const parent of run.parents) {
    const above = snapshot.agents.get(parent.agentId)?.envelopes?.run;
    if (above) ofRuns.push(ofRun(parent.runId, above));
  }
  return ofRuns.length === 0 ? ofNodes : [...ofNodes, ...ofRuns];
}

const NOWHERE: readonly Place[] = [];
/** Of an agent in an hour: the same for all its runs, and in every batch. */
const remembered = new WeakMap<AgentEnvelopes, { hourMs: number; places: readonly Place[] }>();

function nodePlaces(envelopes: AgentEnvelopes, nowMs: number): readonly Place[] {
  const hourMs = startOf("hour", nowMs);
  const known = remembered.get(envelopes);
  if (known?.hourMs === hourMs) return known.places;
  const places = envelopes.nodes.map(({ key, nodeId, period, bounds }): Place => {
    return { key, ownerId: nodeId, period, startsAtMs: startOf(period, nowMs), bounds };
  });
  remembered.set(envelopes, { hourMs, places });
  return places;
}

const ofRun = (ownerId: string, bounds: Bounds): Place => ({
  key: ownerId,
  ownerId,
  period: "run",
  startsAtMs: 0,
  bounds,
});

/** A counter as a batch sees it: what was read, and what those before in the batch reserve. */
class Working implements Counter {
  readonly ownerId: string;
  readonly period: Period;
  readonly startsAtMs: number;
  readonly bounds: Bounds;
  readonly use: { -readonly [K in keyof Use]: Use[K] };
  readonly charge: Charge;

  constructor(
    place: Place,
    known: Use,
    readonly readMs: number,
  ) {
    this.ownerId = place.ownerId;
    this.period = place.period;
    this.startsAtMs = place.startsAtMs;
    this.bounds = place.bounds;
    this.use = { ...known };
    // Named one by one: an object that is spread and then given more takes some twenty times as long to make, and each batch makes these.
    const { key, ownerId, period, startsAtMs, bounds } = place;
    this.charge = { key, ownerId, period, startsAtMs, bounds, usd: 0, tokens: 0, calls: 0 };
  }

  reserve({ usd, tokens, calls }: Amounts): void {
    const { use, charge } = this;
    use.reservedUsd += usd;
    use.reservedTokens += tokens;
    use.calls += calls;
    charge.usd += usd;
    charge.tokens += tokens;
    charge.calls += calls;
  }
}

/** The envelopes of a batch: evaluated once, and changed by nothing but what the batch reserves. */
export class BatchBudgets {
  private readonly byRun = new Map<string, readonly Working[]>();
  private readonly byKey = new Map<string, Working>();

  /** `known` finds what was read of a place, and when by `performance.now()`. */
  constructor(
    readonly places: ReadonlyMap<string, readonly Place[]>,
    known: (place: Place) => { use: Use; readMs: number },
  ) {
    const shared = new Map<readonly Place[], readonly Working[]>();
    for (const [runId, of] of places) {
      const same = shared.get(of);
      if (same) {
        this.byRun.set(runId, same);
        continue;
      }
      const counters = of.map((place) => {
        const met = this.byKey.get(place.key);
        if (met) return met;
        const { use, readMs } = known(place);
        const made = new Working(place, use, readMs);
        this.byKey.set(place.key, made);
        return made;
      });
      shared.set(of, counters);
      this.byRun.set(runId, counters);
    }
  }

  /** Of a run; empty where no envelope binds it. */
  counters(runId: string): readonly Counter[] {
    return this.byRun.get(runId) ?? [];
  }

  reserve(runId: string, amounts: Amounts): void {
    for (const counter of this.byRun.get(runId) ?? []) counter.reserve(amounts);
  }

  /** When the oldest of what a run's requests are decided on was read. */
  readMs(runId: string): number {
    return Math.min(...(this.byRun.get(runId) ?? []).map((counter) => counter.readMs));
  }

  /** What the batch reserves, in the order in which rows are locked. */
  charges(): Charge[] {
    const charges: Charge[] = [];
    for (const { charge } of this.byKey.values()) if (charge.calls > 0) charges.push(charge);
    return charges.toSorted(inLockOrder);
  }
}

const inLockOrder = (a: Charge, b: Charge): number => {
  if (a.ownerId !== b.ownerId) return a.ownerId < b.ownerId ? -1 : 1;
  return PERIODS.indexOf(a.period) - PERIODS.indexOf(b.period) || a.startsAtMs - b.startsAtMs;
};
