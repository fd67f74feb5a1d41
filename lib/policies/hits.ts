import { RULE_EFFECTS, type RuleEffect } from "@/lib/policies/schemas";

/** How many days pages look back. Days are UTC days, today among them. */
export const HIT_DAYS = 30;
/** Decisions of each rule, agent, day and effect that are kept by name: `count_rule_hits` of the store. */
export const SAMPLES_PER_DAY = 20;
/** How long daily counts are kept: pages show the last 30 days, and when a rule last held within these. */
export const HITS_KEPT_DAYS = 400;
const DAY_MS = 86_400_000;

/** How often a rule held on one UTC day, over the agents in sight, in live runs. */
export interface DailyHits {
  rule: string;
  /** `2026-11-21` */
  day: string;
  effect: RuleEffect;
  count: number;
  /** Of these: its condition could not be evaluated, so that it held for safety. */
  errors: number;
}

export type EffectCounts = Record<RuleEffect, number>;

/** What a page says of one rule, or of a whole policy. */
export interface HitSummary {
  total: number;
  errors: number;
  counts: EffectCounts;
  /** A number for each of the days, oldest first. */
  daily: number[];
}

/** The first of the days that end with `now`'s. */
export const firstDay = (now: Date, days = HIT_DAYS): string => dayOf(new Date(now.getTime() - (days - 1) * DAY_MS));

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

export const noCounts = (): EffectCounts => ({ allow: 0, review: 0, escalate: 0, deny: 0 });

/** Adds up daily counts over the days that end with `now`'s; what lies outside is left out. */
export function summarise(hits: readonly DailyHits[], now: Date, days = HIT_DAYS): HitSummary {
  const start = Date.parse(firstDay(now, days));
  const summary: HitSummary = { total: 0, errors: 0, counts: noCounts(), daily: Array.from({ length: days }, () => 0) };
  for (const { day, effect, count, errors } of hits) {
    const index = Math.round((Date.parse(day) - start) / DAY_MS);
    const before = summary.daily[index];
    if (before === undefined) continue;
    summary.daily[index] = before + count;
    summary.total += count;
    summary.errors += errors;
    summary.counts[effect] += count;
  }
  return summary;
}

/** The same for each rule, by its id. */
export function summariseByRule(hits: readonly DailyHits[], now: Date, days = HIT_DAYS): Map<string, HitSummary> {
  const grouped = new Map<string, DailyHits[]>();
  for (const hit of hits) {
    const own = grouped.get(hit.rule);
    if (own) own.push(hit);
    else grouped.set(hit.rule, [hit]);
  }
  return new Map([...grouped].map(([rule, own]) => [rule, summarise(own, now, days)]));
}

/** Effects that occur, strictest first. */
export const effectsIn = (counts: EffectCounts): RuleEffect[] =>
  RULE_EFFECTS.toReversed().filter((effect) => counts[effect] > 0);
