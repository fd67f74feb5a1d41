import { addGrant } from "@/lib/agents/grant-add";
import { revokeGrant } from "@/lib/agents/grant-revoke";
import { grantIdsInput } from "@/lib/agents/schemas";
import { UNUSED_DAYS } from "@/lib/agents/unused-grants";
import { command } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";

const DAY_MS = 86_400_000;

/**
 * Takes unused grants back, each by its own command, all or none. Errors: `conflict` when one was of use, or revoked, since it was listed;
 * `forbidden`, `not_found` as for one grant.
 */
export const removeUnusedGrants = command(grantIdsInput, { rebindsDecisions: true }, async (step, { ids }) => {
  const since = new Date(step.now.getTime() - UNUSED_DAYS * DAY_MS);
  for (const id of ids) {
    const revoked = await revokeGrant.within(step, { id });
    if (!revoked.ok) return revoked;
    const grant = await step.tx.grant.findUniqueOrThrow({ where: { id }, select: { pattern: true, lastUsedAt: true } });
    if (grant.lastUsedAt && grant.lastUsedAt >= since)
      return fail("conflict", `${grant.pattern} was used meanwhile: look at the list again.`);
  }
  return ok({ ids });
});

/** Gives grants again that were taken back, as they were: pattern, condition, expiry. All or none; those that would have expired stay away. */
export const restoreGrants = command(grantIdsInput, { rebindsDecisions: true }, async (step, { ids }) => {
  const restored: string[] = [];
  for (const id of ids) {
    const grant = await step.tx.grant.findUnique({ where: { id } });
    if (!grant?.revokedAt) return fail("not_found", "There is no such revoked grant.");
    if (grant.expiresAt && grant.expiresAt <= step.now) continue;
    const { agentId, pattern, condition, expiresAt } = grant;
    const added = await addGrant.within(step, { agentId, pattern, condition, expiresAt });
    if (!added.ok) return added;
    restored.push(added.value.id);
  }
  return restored.length === 0 ? fail("conflict", "All of them would have expired by now.") : ok({ ids: restored });
});
