import { command, type Step } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { permitFor } from "@/lib/appeals/permit-for";
import { PERMIT_FAULTS } from "@/lib/appeals/permit-words";
import { permitAppealInput } from "@/lib/appeals/schemas";
import { pendingAppeal, settleAppeal, type OpenAppeal } from "@/lib/appeals/settle";
import { versionsFor } from "@/lib/appeals/versions";
import { decidersAmong } from "@/lib/approvals/deciders";
import { hex } from "@/lib/approvals/settle";
import { storedChecks } from "@/lib/decisions/stored-checks";
import type { Json, JsonObject } from "@/lib/kernel/json";
import { fail, ok } from "@/lib/kernel/result";
import { settingsFrom } from "@/lib/tiers/settings";

/**
 * Grants one permit: an approval of exactly the denied action and arguments, for this run, usable once within the time of any approval,
 * that settles the rules which stood in the way, as they are (lib/decisions/permit.ts). Whoever gives it must be able both to change
 * the policy and to decide for the agent. Errors: `not_found`, `forbidden`, `appeal_not_pending`, `run_ended`, `conflict` when a permit
 * would not be enough or would be too much (see PermitFault).
 */
export const permitAppeal = command(permitAppealInput, {}, async (step, { appealId, comment }) => {
  const opened = await pendingAppeal(step, appealId);
  if (!opened.ok) return opened;
  const { appeal, personId } = opened.value;
  const decides = authorise(step, "approval.decide", appeal.agentId);
  if (!decides.ok) return decides;
  // Again, after the wait for the lock: a role that was taken since counts no longer.
  if (!(await decidersAmong(step.tx, appeal.agentId, [personId])).has(personId))
    return fail("forbidden", "You do not have the role that this needs.");
  const { run, decision } = appeal;
  if (run.status !== "running" || run.tokenRevokedAt !== null || run.tokenExpiresAt <= step.now)
    return fail(
      "run_ended",
      "The run is over: nobody could use a permit. Change the rule instead, or let the denial stand.",
    );
  const checks = storedChecks(decision.checks as Json);
  const { asDecided, inForce } = await versionsFor(step.tx, checks);
  const giver = await step.tx.person.findUniqueOrThrow({ where: { id: personId }, select: { email: true } });
  const possible = permitFor(checks, asDecided, inForce, giver.email);
  if (!possible.ok) return fail("conflict", PERMIT_FAULTS[possible.fault]);
  const validUntil = await validUntilOf(step, appeal);
  const approvalId = step.newId();
  const risk = await step.tx.action.findUnique({ where: { id: appeal.action }, select: { impact: true } });
  await step.tx.approval.create({
    data: {
      id: approvalId,
      decisionId: appeal.decisionId,
      runId: appeal.runId,
      agentId: appeal.agentId,
      action: appeal.action,
      args: decision.args as JsonObject,
      argsHash: decision.argsHash,
      state: "approved",
      code: decision.code,
      risk: risk?.impact ?? "high",
      approverIds: [personId],
      excludedIds: appeal.excludedIds,
      requestedAt: step.now,
      deadline: validUntil,
      decidedAt: step.now,
      decidedById: personId,
      comment,
      validUntil,
      overrides: possible.overrides,
    },
  });
  const granted = { state: "granted", outcome: "permit", approvalId } as const;
  await settleAppeal(step, opened.value, "appeal.permit", comment, granted, {
    approvalId,
    argsHash: hex(decision.argsHash),
    overrides: possible.overrides,
    validUntil: validUntil.toISOString(),
  });
  step.notify("approvals", `approval:${approvalId}`);
  return ok({ approvalId, validUntil });
});

/** As long as any approval, and never longer than the run's token. */
async function validUntilOf(step: Step, { run }: OpenAppeal): Promise<Date> {
  const { settings } = await step.tx.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } });
  const { validMinutes } = settingsFrom(settings).settings.approvals;
  return new Date(Math.min(step.now.getTime() + validMinutes * 60_000, run.tokenExpiresAt.getTime()));
}
