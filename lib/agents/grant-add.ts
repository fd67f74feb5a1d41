import { z } from "zod";

import { livingAgentFor } from "@/lib/agents/agent-for";
import { addGrantInput } from "@/lib/agents/schemas";
import { command, personOf, type Step } from "@/lib/audit/command";
import { matchesAction } from "@/lib/catalogue/match";
import { fail, ok } from "@/lib/kernel/result";
import { conditionFault, type RuleWorld } from "@/lib/policies/rule-faults";

/**
 * Gives an agent an action pattern, with an optional condition and expiry. What it may do in effect is still cut by every agent above it
 * (invariant I4). Errors: `conflict` when a live grant of the same pattern exists (an expired one is replaced); `invalid_input` for an expiry in the past or a condition that does not compile.
 */
export const addGrant = command(addGrantInput, { rebindsDecisions: true }, async (step, input) => {
  const agent = await livingAgentFor(step, "agent.write", input.agentId);
  if (!agent.ok) return agent;
  const { agentId, pattern, condition, expiresAt } = input;
  if (expiresAt && expiresAt <= step.now)
    return fail("invalid_input", "The grant would have expired already.", "expiresAt");
  const fault = condition === null ? null : conditionFault(condition, [pattern], await argsIn(step, pattern));
  if (fault) return fail("invalid_input", `The condition: ${fault}.`, "condition");
  const held = await step.tx.grant.findFirst({
    where: { agentId, pattern, revokedAt: null },
    select: { id: true, expiresAt: true },
  });
  if (held && !(held.expiresAt && held.expiresAt <= step.now)) {
    return fail("conflict", `${agent.value.name} has the grant ${pattern} already.`, "pattern");
  }
  if (held) await step.tx.grant.update({ where: { id: held.id }, data: { revokedAt: step.now } });
  const id = step.newId();
  await step.tx.grant.create({
    data: { id, agentId, pattern, condition, expiresAt, createdById: personOf(step), createdAt: step.now },
  });
  step.audit({
    action: "grant.add",
    subjectKind: "grant",
    subjectId: id,
    nodeId: agentId,
    detail: {
      agent: agent.value.slug,
      pattern,
      condition,
      expiresAt: expiresAt?.toISOString() ?? null,
      replaces: held?.id ?? null,
    },
  });
  step.notify("agents");
  return ok({ id });
});

/** The schemas of the actions that the pattern names, so that its condition is checked as decisions will read it. */
async function argsIn(step: Step, pattern: string): Promise<Pick<RuleWorld, "argsOf" | "argsMatching">> {
  const id = pattern.endsWith("*") ? { startsWith: pattern.slice(0, -1) } : pattern;
  const actions = await step.tx.action.findMany({ where: { id, retiredAt: null }, select: { id: true, args: true } });
  // A store's LIKE takes `_` for any character.
  const named = actions.filter((action) => matchesAction(pattern, action.id)).map(({ args }) => z.json().parse(args));
  return { argsOf: () => named[0], argsMatching: () => named };
}
