import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok } from "@/lib/kernel/result";
import { dismissSuggestionInput, restoreSuggestionInput } from "@/lib/measures/schemas";
import { subjectOf } from "@/lib/measures/suggest";

/** How long a suggestion that was put aside stays away. */
const DISMISSED_DAYS = 90;

/** Puts a suggestion aside for everybody, with the reason, for ninety days. Errors: `forbidden` for who does not write policies. */
export const dismissSuggestion = command(dismissSuggestionInput, {}, async (step, { kind, policy, rule, reason }) => {
  const allowed = authorise(step, "policy.write", null);
  if (!allowed.ok) return allowed;
  if (step.actor.kind !== "person") return fail("forbidden", "Only a person puts a suggestion aside.");
  const until = new Date(step.now.getTime() + DISMISSED_DAYS * 86_400_000);
  const row = { reason, byId: step.actor.id, at: step.now, until };
  const subject = subjectOf({ policy, rule });
  await step.tx.suggestionDismissal.upsert({
    where: { kind_subject: { kind, subject } },
    create: { kind, subject, ...row },
    update: row,
  });
  step.audit({
    action: "suggestion.dismiss",
    subjectKind: "policy",
    subjectId: policy,
    nodeId: null,
    detail: { kind, rule, reason, until: until.toISOString() },
  });
  step.notify("measures");
  return ok(null);
});

/** Lets a suggestion that was put aside be heard again. Errors: `forbidden`, `not_found`. */
export const restoreSuggestion = command(restoreSuggestionInput, {}, async (step, { kind, policy, rule }) => {
  const allowed = authorise(step, "policy.write", null);
  if (!allowed.ok) return allowed;
  const { count } = await step.tx.suggestionDismissal.deleteMany({
    where: { kind, subject: subjectOf({ policy, rule }) },
  });
  if (count === 0) return fail("not_found", "It was not put aside.");
  step.audit({
    action: "suggestion.restore",
    subjectKind: "policy",
    subjectId: policy,
    nodeId: null,
    detail: { kind, rule },
  });
  step.notify("measures");
  return ok(null);
});
