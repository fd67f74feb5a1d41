import type { StoredCheck } from "@/lib/decisions/stored-checks";

/** An allow and a deny that held for the same request; names as `policy/rule`. */
interface ConflictPair {
  allowRule: string;
  denyRule: string;
}

/** More is noise: whoever resolves the first ones sees the policies. */
const MOST = 16;

/** The contradictions in a stored trace. A rule that could not be evaluated contradicts nothing. */
export function conflictPairs(checks: readonly StoredCheck[]): ConflictPair[] {
  const rules = checks.flatMap((check) => check.rules).filter((rule) => rule.matched && rule.error === null);
  const named = (effect: string): string[] => [
    ...new Set(rules.filter((rule) => rule.effect === effect).map((rule) => `${rule.policy}/${rule.rule}`)),
  ];
  const denies = named("deny");
  return named("allow")
    .flatMap((allowRule) => denies.map((denyRule) => ({ allowRule, denyRule })))
    .slice(0, MOST);
}

/** Names the contradiction while it is open: once per pair of rules and agent. */
export const conflictKey = (agentId: string, { allowRule, denyRule }: ConflictPair): string =>
  `${agentId} ${allowRule} ${denyRule}`;
