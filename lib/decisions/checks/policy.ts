import { brief, asks, found, type Check, type CheckContext, type Finding } from "@/lib/decisions/finding";
import { overriddenBy } from "@/lib/decisions/permit";
import type { RuleOutcome } from "@/lib/decisions/types";
import type { JsonObject } from "@/lib/kernel/json";
import type { MatchedRule } from "@/lib/policies/evaluate";
import type { Lapse } from "@/lib/reviews/views";

/**
 * Check 8: every rule that holds, the strictest effect wins. A deny is never outvoted; an explicit allow beside it is a conflict,
 * which the agent's owner is told of. Only a permit, given for exactly this once, takes the denies that it names out of the count.
 */
export const policy: Check = (context) => {
  const overridden = overriddenBy(context);
  const finding = strictest(context, overridden);
  const { trace } = context.policy;
  if (trace.length === 0) return finding;
  const rules = trace.map((one) => (overridden.some(({ rule }) => isOf(one, rule)) ? mark(one) : one));
  return { ...finding, outcome: { ...finding.outcome, rules } };
};

const isOf = (outcome: RuleOutcome, rule: MatchedRule["rule"]): boolean =>
  outcome.policy === rule.policy && outcome.rule === rule.rule;
const mark = (outcome: RuleOutcome): RuleOutcome => ({ ...outcome, overridden: true });

function strictest(context: CheckContext, overridden: readonly MatchedRule[]): Finding {
  const { considered } = context.policy;
  const matched = context.policy.matched.filter((one) => !overridden.includes(one));
  const saw: JsonObject = { considered, matched: context.policy.matched.length };
  if (overridden.length > 0) saw.overridden = names(overridden);
  const denies = of(matched, "deny");
  if (denies.length > 0) {
    const stated = denies.some((one) => one.error === null);
    const contradicted = stated && of(matched, "allow").length > 0;
    const code = contradicted ? "policy_conflict" : stated ? "policy_denied" : "policy_error";
    const told = toldBy(denies);
    return found("policy", "deny", code, `${count(denies)} this.`, { ...saw, rules: names(denies) }, { told });
  }
  const signIn = of(matched, "escalate").filter(
    ({ rule }) => rule.signedInWithinMs !== null && !isFresh(context, rule),
  );
  if (signIn.length > 0) return asksToSignIn(context, signIn, saw);
  const escalations = of(matched, "escalate").filter(({ rule }) => rule.signedInWithinMs === null);
  if (escalations.length > 0) {
    const code = escalations.every((one) => one.error !== null) ? "policy_error" : "policy_escalates";
    const questions = escalations.map(({ rule }) => ({
      name: rule.question,
      to: rule.to,
      next: rule.next,
      quorum: rule.quorum,
      excludeOwner: rule.excludeOwner,
      deadlineMs: rule.deadlineMs,
    }));
    const message = `${count(escalations)} a person to decide.`;
    return asks("policy", code, message, { ...saw, rules: names(escalations) }, questions, toldBy(escalations));
  }
  const reviews = of(matched, "review");
  if (reviews.length > 0) {
    const limits = reviews.flatMap(({ rule }) => rule.deadlineMs ?? []);
    const more = limits.length > 0 ? { reviewMs: Math.min(...limits) } : {};
    const message = `${count(reviews)} this to be reviewed afterwards.`;
    return found(
      "policy",
      "review",
      "allowed_with_review",
      message,
      { ...saw, rules: names(reviews), onLapse: strictestLapse(reviews) },
      { ...more, told: toldBy(reviews) },
    );
  }
  const message =
    overridden.length > 0
      ? `A permit overrides ${names(overridden).join(", ")} this once.`
      : matched.length > 0
        ? "A rule allows this."
        : "No rule speaks against this.";
  return found("policy", "pass", "allowed", message, { ...saw, rules: names(matched) });
}

/** Of several reviews the most careful end: undone over asked once more over let stand. The worker reads it from the trace. */
const strictestLapse = (reviews: readonly MatchedRule[]): Lapse =>
  (["rollback", "escalate"] as const).find((end) => reviews.some(({ rule }) => rule.onLapse === end)) ?? "accept";

/** Clocks of those who report a sign-in may be ahead by so much. */
const AHEAD_MS = 60_000;

/**
 * Whether the person whom the run acts for has signed in within the rule's time. Nobody, a time that is not known, and one that is yet
 * to come are not. Only who holds the agent's credential can say when it was: see lib/runs/reauthenticate.ts.
 */
function isFresh({ request: { run }, nowMs }: CheckContext, rule: MatchedRule["rule"]): boolean {
  const ageMs = nowMs - (run.onBehalfOf?.authenticatedAt?.getTime() ?? Number.NaN);
  return ageMs >= -AHEAD_MS && ageMs <= (rule.signedInWithinMs ?? 0);
}

/** No approval answers it, and none is asked for meanwhile. */
function asksToSignIn({ request: { run } }: CheckContext, rules: readonly MatchedRule[], saw: JsonObject): Finding {
  const withinSeconds = Math.min(...rules.map(({ rule }) => (rule.signedInWithinMs ?? 0) / 1_000));
  const { subject, authenticatedAt } = run.onBehalfOf ?? { subject: null };
  const since = authenticatedAt && !Number.isNaN(authenticatedAt.getTime()) ? authenticatedAt.toISOString() : null;
  const seen = {
    ...saw,
    rules: names(rules),
    withinSeconds,
    subject: subject && brief(subject),
    authenticatedAt: since,
  };
  const message =
    subject === null
      ? "A rule wants the person whom the run acts for to sign in again, and it acts for nobody."
      : `A rule wants ${brief(subject)} to have signed in within the last ${minutes(withinSeconds)}.`;
  const finding = asks("policy", "reauthentication_required", message, seen, [], toldBy(rules));
  return { ...finding, reauthentication: true };
}

const minutes = (seconds: number): string => (seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`);

const of = (matched: readonly MatchedRule[], effect: MatchedRule["rule"]["effect"]): MatchedRule[] =>
  matched.filter((one) => one.rule.effect === effect);

const names = (matched: readonly MatchedRule[]): string[] =>
  matched.slice(0, 20).map(({ rule }) => `${rule.policy}/${rule.rule}`);

/** The first message that a rule of this effect has for the agent. */
const toldBy = (matched: readonly MatchedRule[]): string | undefined =>
  matched.find((one) => one.rule.message !== null)?.rule.message ?? undefined;

const VERBS = {
  deny: ["denies", "deny"],
  escalate: ["asks", "ask"],
  review: ["asks for", "ask for"],
  allow: ["allows", "allow"],
};

function count(matched: readonly MatchedRule[]): string {
  const [singular, plural] = VERBS[matched[0]?.rule.effect ?? "deny"];
  return matched.length === 1
    ? `The rule ${names(matched)[0] ?? ""} ${singular ?? ""}`
    : `${matched.length} rules ${plural ?? ""}`;
}
