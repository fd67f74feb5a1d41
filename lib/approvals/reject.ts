import { step as machine } from "@/lib/approvals/machine";
import { approvalSettings, releaseOf } from "@/lib/approvals/release";
import { rejectInput } from "@/lib/approvals/schemas";
import { secondsSpent } from "@/lib/approvals/seen";
import { evidenceHash, hex, mayDecide, NOT_PENDING, openApproval, record, settle } from "@/lib/approvals/settle";
import { firstViewOf } from "@/lib/approvals/votes";
import { command } from "@/lib/audit/command";
import { signalRejection } from "@/lib/incidents/signal";
import { fail, ok } from "@/lib/kernel/result";

/**
 * A person rejects, and says why: one is enough, however many would have had to approve. The agent learns of it at `release.at`.
 * Errors: `not_found`, `approval_not_yours` (invariant I3), `approval_not_pending`, `invalid_input`.
 */
export const rejectApproval = command(rejectInput, {}, async (step, { approvalId, comment, reasonId }) => {
  const opened = await openApproval(step, approvalId);
  if (!opened.ok) return opened;
  const { approval } = opened.value;
  const decider = mayDecide(step, opened.value);
  if (!decider.ok) return decider;
  const { personId } = decider.value;
  const settings = await approvalSettings(step);
  if (reasonId !== undefined && !settings.rejectReasons.some((reason) => reason.id === reasonId))
    return fail("invalid_input", "There is no such reason in the settings.", "reasonId");
  const { releaseAt } = releaseOf(step.now, settings);
  const by = { by: personId, holdsRole: opened.value.holdsRole, at: step.now };
  if (!machine(opened.value.record, { kind: "reject", ...by, releaseAt }).ok) return NOT_PENDING;
  const seconds = secondsSpent(await firstViewOf(step, approvalId, personId), step.now);
  const data = {
    state: "rejected",
    decidedAt: step.now,
    decidedById: personId,
    comment,
    releaseAt,
    secondsSpent: seconds,
  } as const;
  if (!(await settle(step, approval.id, data, { beforeDeadline: true }))) return NOT_PENDING;
  record(step, "approval.reject", approval, {
    argsHash: hex(approval.argsHash),
    evidenceHash: evidenceHash(approval.decision.evidence),
    comment,
    releaseAt: releaseAt.toISOString(),
    ...(reasonId !== undefined && { reasonId }),
    ...(seconds !== null && { secondsSpent: seconds }),
  });
  await signalRejection(step, approval, releaseAt);
  return ok({ state: "rejected" as const, release: { at: releaseAt.toISOString() } });
});
