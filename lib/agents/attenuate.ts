import { coversPattern, intersectPatterns, matchesAction } from "@/lib/catalogue/match";

/** The part of a grant that authority depends on. */
export interface HeldGrant {
  readonly id: string;
  readonly pattern: string;
  /** Unix milliseconds; null never expires. */
  readonly expiresAtMs: number | null;
}

/**
 * One restriction on the way down. Authority is what every level lets through: an agent by its grants, a run by its scope.
 * An agent without grants lets nothing through; a scope is only a level when it names something.
 */
export type Level<G extends HeldGrant = HeldGrant> =
  | { readonly kind: "agent"; readonly agentId: string; readonly grants: readonly G[] }
  | { readonly kind: "scope"; readonly runId: string; readonly patterns: readonly string[] };

type Authority<G extends HeldGrant> =
  | { granted: true; by: readonly G[] }
  | { granted: false; at: Level<G>; expired: readonly G[] };

/** A grant binds until the instant of its expiry, which is no longer part of it. */
export const isLive = (grant: HeldGrant, nowMs: number): boolean =>
  grant.expiresAtMs === null || nowMs < grant.expiresAtMs;

/**
 * Whether every level lets the action through (invariant I4: adding a level can only narrow). `holds` says whether a grant's
 * condition is true of this request. `by` are the grants of the first level, the agent's own.
 */
export function attenuate<G extends HeldGrant>(
  levels: readonly Level<G>[],
  actionId: string,
  nowMs: number,
  holds: (grant: G) => boolean,
): Authority<G> {
  let by: readonly G[] | null = null;
  for (const level of levels) {
    if (level.kind === "scope") {
      if (!level.patterns.some((pattern) => matchesAction(pattern, actionId)))
        return { granted: false, at: level, expired: [] };
      continue;
    }
    const matching = level.grants.filter((grant) => matchesAction(grant.pattern, actionId));
    const live = matching.filter((grant) => isLive(grant, nowMs) && holds(grant));
    if (live.length === 0) {
      return { granted: false, at: level, expired: matching.filter((grant) => !isLive(grant, nowMs)) };
    }
    by ??= live;
  }
  return by === null ? { granted: false, at: NOTHING, expired: [] } : { granted: true, by };
}

const NOTHING = { kind: "scope", runId: "", patterns: [] } as const;

/**
 * The effective authority as patterns, for people and for delegation: what all of the sets have in common, without patterns
 * that another one covers, sorted. Conditions are not looked at: this is the most that may be allowed.
 */
export function intersectAuthority(sets: readonly (readonly string[])[]): string[] {
  const [first, ...rest] = sets;
  let current = simplify(first ?? []);
  for (const set of rest) {
    const both = current.flatMap((a) => set.flatMap((b) => intersectPatterns(a, b) ?? []));
    current = simplify(both);
  }
  return current;
}

/** Whether all that `inner` allows is allowed by `outer`: a delegated scope must lie within the run that delegates. */
export const withinAuthority = (outer: readonly string[], inner: readonly string[]): boolean =>
  inner.every((pattern) => outer.some((one) => coversPattern(one, pattern)));

function simplify(patterns: readonly string[]): string[] {
  const distinct = [...new Set(patterns)];
  return distinct
    .filter((pattern) => !distinct.some((other) => other !== pattern && coversPattern(other, pattern)))
    .toSorted();
}
