import type { StoredCheck } from "@/lib/decisions/stored-checks";
import { questionOf } from "@/lib/policies/compile";
import { ruleSchema } from "@/lib/policies/schemas";

/** One version of a policy: `rules` as stored. */
export interface VersionRules {
  policy: string;
  version: number;
  rules: unknown;
}

/** What stands against a permit; each has its sentence in the console. */
export type PermitFault =
  /** Something else than denies of rules stood in the way, too. */
  | "other_checks"
  /** A rule could not be evaluated: what it would have said is not known. */
  | "rule_error"
  /** A rule asks a person as well: that question is for those whom it names. */
  | "rule_asks"
  /** The rule was changed or taken out of force: the agent can simply ask again. */
  | "rule_changed";

export type PermitFor = { ok: true; overrides: string[] } | { ok: false; fault: PermitFault };

const NO = (fault: PermitFault): PermitFor => ({ ok: false, fault });

/**
 * The denies that one permit would have to override for this denied decision, as `policy/rule@hash`; or why there can be none. A permit
 * is possible only where denies of rules were all that stood in the way, each understood, and each still in force as it was: whatever
 * else says no or asks somebody is not for whoever may change the rule to wave through.
 */
export function permitFor(
  checks: readonly StoredCheck[],
  /** The versions that were evaluated. */
  asDecided: readonly VersionRules[],
  /** The published version of each policy that is not retired. */
  inForce: readonly VersionRules[],
): PermitFor {
  const others = checks.filter((check) => check.check !== "policy");
  if (others.some((check) => check.outcome === "deny" || check.outcome === "escalate")) return NO("other_checks");
  const policy = checks.find((check) => check.check === "policy");
  if (policy?.outcome !== "deny") return NO("other_checks");
  const matched = policy.rules.filter((rule) => rule.matched);
  if (matched.some((rule) => rule.error !== null)) return NO("rule_error");
  if (matched.some((rule) => rule.effect === "escalate")) return NO("rule_asks");
  const denies = matched.filter((rule) => rule.effect === "deny");
  if (denies.length === 0) return NO("other_checks");
  const names = denies.map((deny) => nameInForce(deny, asDecided, inForce));
  const overrides = names.filter((name) => name !== null);
  return overrides.length === names.length ? { ok: true, overrides } : NO("rule_changed");
}

/** How the rule is named now, if that is how it was named when it denied. */
function nameInForce(
  { policy, version, rule }: StoredCheck["rules"][number],
  asDecided: readonly VersionRules[],
  inForce: readonly VersionRules[],
): string | null {
  const then = nameIn(
    asDecided.find((one) => one.policy === policy && one.version === version),
    rule,
  );
  const now = nameIn(
    inForce.find((one) => one.policy === policy),
    rule,
  );
  return then === now ? now : null;
}

function nameIn(version: VersionRules | undefined, ruleId: string): string | null {
  const rules: unknown[] = Array.isArray(version?.rules) ? version.rules : [];
  for (const stored of rules) {
    const parsed = ruleSchema.safeParse(stored);
    if (version && parsed.success && parsed.data.id === ruleId) return questionOf(version.policy, parsed.data);
  }
  return null;
}
