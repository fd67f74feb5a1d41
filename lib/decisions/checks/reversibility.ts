import { asks, found, type Check } from "@/lib/decisions/finding";

/**
 * Check 9: how hard is it to undo, and how much does it matter? Only of acts, and only where no rule said otherwise: a rule that
 * holds, whatever its effect, has been written with the action in mind. One that merely could not be evaluated has not; one that only
 * wants the person whom the run acts for to sign in again says who asked, not how carefully it is to be done.
 */
export const reversibility: Check = ({ action, policy, snapshot }) => {
  if (!action) return found("reversibility", "skip", "allowed", "Whether it can be undone is not known.");
  const saw = { reversibility: action.reversibility, impact: action.impact };
  if (action.kind !== "execute") {
    return found("reversibility", "pass", "allowed", `A ${action.kind} leaves nothing to undo.`, saw);
  }
  if (policy.matched.some((one) => one.error === null && one.rule.signedInWithinMs === null)) {
    return found("reversibility", "pass", "allowed", "A rule decides how carefully this is done.", saw);
  }
  const effect = snapshot.settings.reversibility[action.reversibility][action.impact];
  const what = `${action.reversibility}, ${action.impact} impact`;
  switch (effect) {
    case "allow":
      return found("reversibility", "pass", "allowed", `It may go ahead: ${what}.`, saw);
    case "review":
      return found("reversibility", "review", "allowed_with_review", `A person reviews it afterwards: ${what}.`, saw);
    case "escalate":
      return asks("reversibility", "irreversible", `A person decides first: ${what}.`, saw, [
        { name: `reversibility:${action.reversibility}:${action.impact}`, to: null, deadlineMs: null },
      ]);
  }
};
