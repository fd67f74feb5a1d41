import { z } from "zod";

import type { RuleOutcome } from "@/lib/decisions/types";
import { OUTCOMES, saidOtherwise, type SimulatedOutcome } from "@/lib/policies/simulation/outcome";
import type { StoredDecision } from "@/lib/policies/simulation/stored";

/** Samples that are kept of each transition. */
export const SAMPLES_EACH = 20;
/** Agents and actions are without bound in principle; what is beyond this is counted under no name. */
const NAMES_MAX = 5_000;

const outcome = z.enum(OUTCOMES);
const count = z.int().min(0);
const sampleSchema = z.object({
  decisionId: z.string(),
  /** Codes before and after. */
  was: z.string(),
  is: z.string(),
  /** Ids of the policy's rules that say something else than before. */
  rules: z.array(z.string()),
});
const ruleSchema = z.object({
  rule: z.string(),
  /** Decisions for which it held, under the rules in force and under the draft. */
  before: count,
  after: count,
  /** Held under the draft and not before; held before and not under the draft. */
  newly: count,
  nolonger: count,
  /** Its condition could not be evaluated, under the draft. */
  errors: count,
  /** Decisions that come out otherwise and for which it says something else. */
  changes: count,
});
const placeSchema = z.object({ name: z.string(), decided: count, stricter: count, milder: count });

/** What a simulation has counted so far. Stored with it, both as its result and to go on from after an interruption. */
export const tallySchema = z.object({
  /** Decisions of the time, the agents and the actions asked for. */
  decisions: count,
  /** Decided anew, twice. */
  decided: count,
  /** No rule that differs is about them: they come out the same. */
  unconcerned: count,
  /** Refused for how things stood then, which no rule changes. */
  standing: count,
  transitions: z.array(z.object({ from: outcome, to: outcome, count, samples: z.array(sampleSchema) })),
  rules: z.array(ruleSchema),
  agents: z.array(placeSchema),
  actions: z.array(placeSchema),
  /** How exact it is: decided anew under the rules of then, and compared with what was answered then. */
  exactness: z.object({
    compared: count,
    same: count,
    /** Of those made under the very configuration that is in force. */
    current: z.object({ compared: count, same: count }),
    differing: z.array(z.object({ stored: outcome, rebuilt: outcome, count })),
  }),
  /** Decisions whose rebuilt request may lack an earlier value of a fact. */
  incomplete: count,
});
export type Tally = z.infer<typeof tallySchema>;
type Sample = z.infer<typeof sampleSchema>;
export type RuleTally = z.infer<typeof ruleSchema>;
export type PlaceTally = z.infer<typeof placeSchema>;

/** One decision, decided anew. */
interface Compared {
  decision: Pick<StoredDecision, "id" | "agentId" | "action">;
  from: SimulatedOutcome;
  to: SimulatedOutcome;
  wasCode: string;
  isCode: string;
  heldBefore: ReadonlyMap<string, RuleOutcome>;
  heldAfter: ReadonlyMap<string, RuleOutcome>;
  /** What was answered then, and what the rules of then answer now. */
  stored: SimulatedOutcome;
  rebuilt: SimulatedOutcome;
  /** It was made under the configuration that is in force. */
  current: boolean;
  incomplete: boolean;
}

type Transition = Tally["transitions"][number];

/** Counts as decisions pass. Memory stays bounded however many do. */
export class TallyCounter {
  private readonly counts: Pick<Tally, "decisions" | "decided" | "unconcerned" | "standing" | "incomplete">;
  private readonly transitions: Map<string, Transition>;
  private readonly rules: Map<string, RuleTally>;
  private readonly agents: Map<string, PlaceTally>;
  private readonly actions: Map<string, PlaceTally>;
  private readonly exactness: Omit<Tally["exactness"], "differing">;
  private readonly differing: Map<string, Tally["exactness"]["differing"][number]>;

  constructor(from: Tally = NOTHING) {
    const { transitions, rules, agents, actions, exactness, ...counts } = structuredClone(from);
    const { differing, ...same } = exactness;
    this.counts = counts;
    this.transitions = new Map(transitions.map((one) => [`${one.from} ${one.to}`, one]));
    this.rules = new Map(rules.map((one) => [one.rule, one]));
    this.agents = new Map(agents.map((one) => [one.name, one]));
    this.actions = new Map(actions.map((one) => [one.name, one]));
    this.exactness = same;
    this.differing = new Map(differing.map((one) => [`${one.stored} ${one.rebuilt}`, one]));
  }

  standing(): void {
    this.counts.decisions += 1;
    this.counts.standing += 1;
  }

  unconcerned(): void {
    this.counts.decisions += 1;
    this.counts.unconcerned += 1;
  }

  compared(one: Compared): void {
    this.counts.decisions += 1;
    this.counts.decided += 1;
    if (one.incomplete) this.counts.incomplete += 1;
    const otherwise = saidOtherwise(one.heldBefore, one.heldAfter);
    this.countRules(one, otherwise);
    this.countTransition(one, otherwise);
    this.countExactness(one);
    for (const [places, name] of [
      [this.agents, one.decision.agentId],
      [this.actions, one.decision.action],
    ] as const) {
      const place = placeOf(places, name);
      place.decided += 1;
      if (one.from === one.to) continue;
      if (OUTCOMES.indexOf(one.to) > OUTCOMES.indexOf(one.from)) place.stricter += 1;
      else place.milder += 1;
    }
  }

  get decisions(): number {
    return this.counts.decisions;
  }

  /** As plain data: a copy that later counting does not change. */
  toTally(): Tally {
    return structuredClone({
      ...this.counts,
      transitions: [...this.transitions.values()],
      rules: [...this.rules.values()],
      agents: [...this.agents.values()],
      actions: [...this.actions.values()],
      exactness: { ...this.exactness, differing: [...this.differing.values()] },
    });
  }

  private countRules({ from, to, heldBefore, heldAfter }: Compared, otherwise: readonly string[]): void {
    for (const [name, held] of heldBefore) if (held.matched) this.rule(name).before += 1;
    for (const [name, held] of heldAfter) {
      if (held.matched) this.rule(name).after += 1;
      if (held.error !== undefined) this.rule(name).errors += 1;
    }
    for (const name of otherwise) {
      const rule = this.rule(name);
      const [was, is] = [heldBefore.get(name)?.matched === true, heldAfter.get(name)?.matched === true];
      if (is && !was) rule.newly += 1;
      if (was && !is) rule.nolonger += 1;
      if (from !== to) rule.changes += 1;
    }
  }

  private rule(name: string): RuleTally {
    let rule = this.rules.get(name);
    if (!rule) {
      rule = { rule: name, before: 0, after: 0, newly: 0, nolonger: 0, errors: 0, changes: 0 };
      this.rules.set(name, rule);
    }
    return rule;
  }

  private countTransition({ decision, from, to, wasCode, isCode }: Compared, otherwise: readonly string[]): void {
    const key = `${from} ${to}`;
    let transition = this.transitions.get(key);
    if (!transition) this.transitions.set(key, (transition = { from, to, count: 0, samples: [] }));
    transition.count += 1;
    if (from !== to) {
      keep(transition.samples, { decisionId: decision.id, was: wasCode, is: isCode, rules: otherwise.slice(0, 5) });
    }
  }

  private countExactness({ stored, rebuilt, current }: Compared): void {
    const same = stored === rebuilt;
    this.exactness.compared += 1;
    this.exactness.same += Number(same);
    if (current) {
      this.exactness.current.compared += 1;
      this.exactness.current.same += Number(same);
    }
    if (same) return;
    const key = `${stored} ${rebuilt}`;
    let differing = this.differing.get(key);
    if (!differing) this.differing.set(key, (differing = { stored, rebuilt, count: 0 }));
    differing.count += 1;
  }
}

function placeOf(places: Map<string, PlaceTally>, name: string): PlaceTally {
  const under = places.has(name) || places.size < NAMES_MAX ? name : "";
  let place = places.get(under);
  if (!place) places.set(under, (place = { name: under, decided: 0, stricter: 0, milder: 0 }));
  return place;
}

/**
 * Keeps those samples whose id ends lowest. The end of a UUIDv7 is random: so they are spread over the whole time, and the same
 * ones are chosen however often a simulation is interrupted.
 */
function keep(samples: Sample[], sample: Sample): void {
  const [end, last] = [endOf(sample), samples.at(-1)];
  if (last && samples.length >= SAMPLES_EACH && end >= endOf(last)) return;
  const place = samples.findIndex((one) => endOf(one) > end);
  samples.splice(place === -1 ? samples.length : place, 0, sample);
  if (samples.length > SAMPLES_EACH) samples.pop();
}

const endOf = ({ decisionId }: Sample): string => decisionId.slice(-12) + decisionId;

export const NOTHING: Tally = {
  decisions: 0,
  decided: 0,
  unconcerned: 0,
  standing: 0,
  transitions: [],
  rules: [],
  agents: [],
  actions: [],
  exactness: { compared: 0, same: 0, current: { compared: 0, same: 0 }, differing: [] },
  incomplete: 0,
};
