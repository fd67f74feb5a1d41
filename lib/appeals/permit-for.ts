import type { StoredCheck } from "@/lib/decisions/stored-checks";
import { questionOf } from "@/lib/policies/compile";
import { asksToSignIn, ruleSchema, type Rule } from "@/lib/policies/schemas";

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
  /** A rule asks somebody as well: other people by name, or the person whom the run acts for to sign in. */
  | "rule_asks"
  /** The rule was changed or taken out of force: the agent can simply ask again. */
  | "rule_changed";

type PermitFor = { ok: true; overrides: string[] } | { ok: false; fault: PermitFault };

const NO = (fault: PermitFault): PermitFor => ({ ok: false, fault });

/**
 * The rules that one permit would have to settle for this denied decision, as `policy/rule@hash`; or why there can be none. A permit is
 * possible only where rules were all that stood in the way, each understood, and each still in force as it was: it overrides those that
 * denied, and answers those that ask whoever may decide, or the giver by name. Whatever else says no or asks somebody is not for whoever
 * may change the rule to wave through.
 */
export function permitFor(
  checks: readonly StoredCheck[],
  /** The versions that were evaluated. */
  asDecided: readonly VersionRules[],
  /** The published version of each policy that is not retired. */
  inForce: readonly VersionRules[],
  /** Lower-case e-mail of the person who would give it, and may decide for the agent. */
  giver: string,
): PermitFor {
  const others = checks.filter((check) => check.check !== "policy");
  if (others.some((check) => check.outcome === "deny" || check.outcome === "escalate")) return NO("other_checks");
  const policy = checks.find((check) => check.check === "policy");
  if (policy?.outcome !== "deny") return NO("other_checks");
  const matched = policy.rules.filter((rule) => rule.matched);
  if (matched.some((rule) => rule.error !== null)) return NO("rule_error");
  const stood = matched.filter((rule) => rule.effect === "deny" || rule.effect === "escalate");
  if (!stood.some((rule) => rule.effect === "deny")) return NO("other_checks");
  const names = stood.map((rule) => nameInForce(rule, asDecided, inForce));
  const overrides = names.filter((name) => name !== null);
  if (overrides.length < names.length) return NO("rule_changed");
  const asking = stood
    .filter((rule) => rule.effect === "escalate")
    .map((rule) => ruleIn(versionOf(rule, asDecided), rule.rule));
  return asking.every((rule) => rule && mayAnswer(rule, giver)) ? { ok: true, overrides } : NO("rule_asks");
}

/** Alone, and as themselves: not where several must agree, where the owner must not, or for a role or whoever is on call. */
const mayAnswer = (rule: Rule, giver: string): boolean =>
  !asksToSignIn(rule) &&
  (rule.quorum ?? 1) === 1 &&
  rule.excludeOwner !== true &&
  (rule.to === undefined || rule.to.some((contact) => contact.toLowerCase() === giver));

type Spoke = StoredCheck["rules"][number];

const versionOf = ({ policy, version }: Spoke, versions: readonly VersionRules[]): VersionRules | undefined =>
  versions.find((one) => one.policy === policy && one.version === version);

/** How the rule is named now, if that is how it was named when it spoke. */
function nameInForce(
  spoke: Spoke,
  asDecided: readonly VersionRules[],
  inForce: readonly VersionRules[],
): string | null {
  const nameIn = (version: VersionRules | undefined): string | null => {
    const rule = ruleIn(version, spoke.rule);
    return rule && questionOf(spoke.policy, rule);
  };
  const now = nameIn(inForce.find((one) => one.policy === spoke.policy));
  return nameIn(versionOf(spoke, asDecided)) === now ? now : null;
}

function ruleIn(version: VersionRules | undefined, ruleId: string): Rule | null {
  const rules: unknown[] = Array.isArray(version?.rules) ? version.rules : [];
  for (const stored of rules) {
    const parsed = ruleSchema.safeParse(stored);
    if (parsed.success && parsed.data.id === ruleId) return parsed.data;
  }
  return null;
}
