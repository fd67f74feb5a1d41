import { z } from "zod";

import type { Viewer } from "@/lib/auth/viewer";
import { queriesOf } from "@/lib/db/queries";
import { decide } from "@/lib/decisions/decide";
import { explainRules, type ExplainedRule } from "@/lib/decisions/explain-rules";
import { loadSnapshotRows } from "@/lib/decisions/snapshot-rows";
import { compileSnapshot } from "@/lib/decisions/snapshot";
import type { Decision } from "@/lib/decisions/types";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { draftFaults, withoutOpenFields } from "@/lib/policies/drafts/faults";
import { draftRulesSchema } from "@/lib/policies/drafts/schemas";
import { slugSchema } from "@/lib/policies/schemas";
import { outcomeOf, rulesThatHeld } from "@/lib/policies/simulation/outcome";
import { rebuildDecision } from "@/lib/policies/simulation/rebuild-decision";
import { withNobodyStopped, withRules } from "@/lib/policies/simulation/standing";
import { getTryCandidate } from "@/lib/policies/try/candidates";
import type { TriedAnswer, TriedRule, TryNote, TryResult } from "@/lib/policies/try/views";
import { readRuleWorld } from "@/lib/policies/world";

export const tryDraftInput = z.strictObject({
  policy: slugSchema,
  rules: draftRulesSchema,
  decisionId: z.string().trim().max(64),
});

/**
 * Tries a draft on one past decision: its request is rebuilt and decided twice, under the rules in force and with the draft's in
 * their place. Nothing is written. Rules that are not finished are left out and named. Errors: `forbidden` for whoever does not write
 * policies, `not_found` (field `decisionId`) for a decision that there is not, or not in the viewer's sight (I12).
 */
export async function tryDraft(
  viewer: Viewer,
  { policy, rules, decisionId }: z.output<typeof tryDraftInput>,
): Promise<Result<TryResult>> {
  if (!viewer.access.canEverywhere("policy.write"))
    return fail("forbidden", "Managers of the organisation edit policies.");
  const decision = await getTryCandidate(viewer, decisionId);
  if (!decision) return fail("not_found", "There is no such decision.", "decisionId");
  const queries = queriesOf(viewer.db);
  const [stored, world] = await Promise.all([loadSnapshotRows(queries), readRuleWorld(viewer.db, rules)]);
  const faults = draftFaults(rules, world);
  const broken = new Set(faults.map((fault) => fault.rule));
  const finished = rules.filter((_, index) => !broken.has(index)).map(withoutOpenFields);

  const rows = withNobodyStopped(stored);
  const now = compileSnapshot(rows);
  const draft = compileSnapshot(withRules(rows, policy, finished));
  const rebuilt = await rebuildDecision(queries, decision.id, rows, now.actions, finished);
  if (!rebuilt) return fail("not_found", "What this decision was asked is no longer stored.", "decisionId");

  const { request, usage } = rebuilt;
  const [before, after] = [now, draft].map((snapshot) => decide(snapshot, request, usage, rebuilt.now));
  if (!before || !after) throw new Error("two snapshots were decided");
  const held = rulesThatHeld(after, policy);
  const explained = explainRules(draft, request, usage, rebuilt.now).filter(({ rule }) => rule.policy === policy);
  return ok({
    decision,
    before: answerOf(before),
    after: answerOf(after),
    rules: explained.map((one) => triedRule(one, held.get(one.rule.rule))),
    unfinished: faults,
    notes: notesOf(rebuilt, outcomeOf(before) !== decision.effect),
  });
}

const answerOf = (decision: Decision): TriedAnswer => ({
  outcome: outcomeOf(decision),
  code: decision.code,
  message: decision.message,
});

function triedRule(
  { rule, condition }: ExplainedRule,
  held: { matched: boolean; error?: string } | undefined,
): TriedRule {
  const error = held?.error ?? null;
  const said = error === null ? (held?.matched ? "matched" : "not_matched") : "error";
  return { rule: rule.rule, effect: rule.effect, said, error, when: rule.when, condition };
}

function notesOf({ standing, incomplete }: { standing: boolean; incomplete: boolean }, differs: boolean): TryNote[] {
  if (standing) return ["standing"];
  return [...(incomplete ? (["incomplete"] as const) : []), ...(differs ? (["differs_from_stored"] as const) : [])];
}
