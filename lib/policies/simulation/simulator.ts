import { decide } from "@/lib/decisions/decide";
import { questionsOf } from "@/lib/decisions/questions";
import type { Decision, Snapshot } from "@/lib/decisions/types";
import { Concern, type RuleChange } from "@/lib/policies/simulation/differ";
import { outcomeOf, rulesThatHeld, storedOutcome } from "@/lib/policies/simulation/outcome";
import type { Rebuilt, RunReplay } from "@/lib/policies/simulation/rebuild";
import { SameAnswer } from "@/lib/policies/simulation/same-answer";
import { refusedByStanding } from "@/lib/policies/simulation/standing";
import type { StoredDecision } from "@/lib/policies/simulation/stored";
import { TallyCounter, type Tally } from "@/lib/policies/simulation/tally";

/** The configurations that a simulation compares. */
interface Compare {
  policy: string;
  before: Snapshot;
  after: Snapshot;
  differing: ReadonlyMap<string, RuleChange>;
  /** Version of the configuration in force, which made the decisions that carry it. */
  version: bigint;
}

/** What an escalated decision asks under each configuration. An approval that a person gave is taken to answer just that. */
interface Asked {
  before: readonly string[];
  after: readonly string[];
  atThatTime: readonly string[];
}

/** How many escalations of one run wait to be redeemed; of older ones the questions of then are taken. */
const ASKED_MAX = 1_000;

/** What a simulation goes on from: its counts, and the questions that the run in progress has asked. */
export interface SimulatorState {
  tally: Tally;
  asked: readonly (readonly [string, Asked])[];
}

/**
 * Decides stored decisions anew, under the rules in force and with the draft's. Pure: what it needs is given, run by run and in the
 * order of time. Decisions that no differing rule is about, and those that were refused for how things stood, are counted alone.
 */
export class Simulator {
  readonly concern: Concern;
  private readonly counter: TallyCounter;
  private asked: Map<string, Asked>;
  /** Configurations of earlier rules come and go. */
  private readonly same = new WeakMap<Snapshot, SameAnswer>();

  constructor(
    private readonly compare: Compare,
    from?: SimulatorState,
  ) {
    const { policy, differing, before, after } = compare;
    this.concern = new Concern(policy, differing, [...before.rules, ...after.rules]);
    this.counter = new TallyCounter(from?.tally);
    this.asked = new Map(from?.asked);
  }

  /** Whether its request is needed. */
  needs(decision: Pick<StoredDecision, "effect" | "code" | "action" | "agentId">): boolean {
    return !refusedByStanding(decision) && this.concern.about(decision.action, decision.agentId);
  }

  /** A new run: nothing of the one before is asked any more. */
  beginRun(): void {
    if (this.asked.size > 0) this.asked = new Map();
  }

  /** Counts one that is not decided anew. */
  pass(decision: Pick<StoredDecision, "effect" | "code">): void {
    if (refusedByStanding(decision)) this.counter.standing();
    else this.counter.unconcerned();
  }

  /** `then`: the configuration with the rules of the decision's time. */
  take(decision: StoredDecision, replay: RunReplay, then: Snapshot, incomplete: boolean): void {
    const rebuilt = replay.rebuild(decision);
    if (!rebuilt) throw new Error("a decision that is decided anew has not been read");
    const { before, after, policy, version } = this.compare;
    const asked = decision.redeemed ? this.asked.get(decision.redeemed.askingId) : undefined;
    const was = decideAgain(before, rebuilt, asked?.before);
    const is = this.sameIn(after).holds(was, rebuilt) ? was : decideAgain(after, rebuilt, asked?.after);
    const once =
      then === before || this.sameIn(then).holds(was, rebuilt) ? was : decideAgain(then, rebuilt, asked?.atThatTime);
    if (decision.effect === "escalate") this.remember(decision.id, was, is, once);
    this.counter.compared({
      decision,
      from: outcomeOf(was),
      to: outcomeOf(is),
      wasCode: was.code,
      isCode: is.code,
      heldBefore: rulesThatHeld(was, policy),
      heldAfter: rulesThatHeld(is, policy),
      stored: storedOutcome(decision),
      rebuilt: outcomeOf(once),
      current: decision.configVersion === version,
      incomplete,
    });
  }

  get decisions(): number {
    return this.counter.decisions;
  }

  state(): SimulatorState {
    return { tally: this.counter.toTally(), asked: [...this.asked] };
  }

  private sameIn(other: Snapshot): SameAnswer {
    let same = this.same.get(other);
    if (!same) this.same.set(other, (same = new SameAnswer(this.compare.before, other)));
    return same;
  }

  private remember(id: string, was: Decision, is: Decision, once: Decision): void {
    if (this.asked.size >= ASKED_MAX) {
      const [oldest] = this.asked.keys();
      if (oldest !== undefined) this.asked.delete(oldest);
    }
    this.asked.set(id, {
      before: questionsOf(was.checks),
      after: questionsOf(is.checks),
      atThatTime: questionsOf(once.checks),
    });
  }
}

function decideAgain(
  snapshot: Snapshot,
  { request, usage, now }: Rebuilt,
  questions: readonly string[] | undefined,
): Decision {
  const claim = request.approval;
  if (!claim || !questions) return decide(snapshot, request, usage, now);
  return decide(snapshot, { ...request, approval: { ...claim, questions } }, usage, now);
}
