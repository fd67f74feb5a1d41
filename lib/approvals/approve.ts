import { approveInput } from "@/lib/approvals/schemas";
import { evidenceHash, hex, mayDecide, NOT_PENDING, openApproval, record, settle } from "@/lib/approvals/settle";
import type { Change } from "@/lib/audit/change";
import { command } from "@/lib/audit/command";
import { compileArgsSchema } from "@/lib/catalogue/arguments";
import { argsHash, type Json, type JsonObject } from "@/lib/kernel/json";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { settingsFrom } from "@/lib/tiers/settings";

/**
 * A person approves: the run may then redeem it once, for exactly the arguments asked for, or for those that the person put in
 * their place, until `validUntil`. Errors: `not_found`, `approval_not_yours` (invariant I3), `approval_not_pending`, `invalid_input`.
 */
export const approveApproval = command(approveInput, {}, async (step, { approvalId, comment, args }) => {
  const opened = await openApproval(step, approvalId);
  if (!opened.ok) return opened;
  const { approval } = opened.value;
  const decider = mayDecide(step, opened.value);
  if (!decider.ok) return decider;
  const edited = args === undefined ? ok(null) : await editedArguments(step, approval.action, args);
  if (!edited.ok) return edited;
  const validUntil = new Date(step.now.getTime() + (await validMinutes(step)) * 60_000);
  const moved = await settle(
    step,
    approval.id,
    {
      state: "approved",
      decidedAt: step.now,
      decidedById: decider.value.personId,
      comment: comment ?? null,
      validUntil,
      ...edited.value,
    },
    { beforeDeadline: true },
  );
  if (!moved) return NOT_PENDING;
  const detail: JsonObject = {
    argsHash: hex(edited.value?.argsHash ?? approval.argsHash),
    evidenceHash: evidenceHash(approval.decision.evidence),
    validUntil: validUntil.toISOString(),
  };
  if (edited.value) detail.askedArgsHash = hex(approval.argsHash);
  if (comment) detail.comment = comment;
  record(step, "approval.approve", approval, detail);
  return ok({ validUntil });
});

/** How long an approval can be used, from the settings in force. */
async function validMinutes(step: Change): Promise<number> {
  const { settings } = await step.tx.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } });
  return settingsFrom(settings).settings.approvals.validMinutes;
}

async function editedArguments(
  step: Change,
  action: string,
  args: JsonObject,
): Promise<Result<{ args: JsonObject; argsHash: Uint8Array<ArrayBuffer> }>> {
  const known = await step.tx.action.findUnique({ where: { id: action }, select: { args: true } });
  const compiled = compileArgsSchema((known?.args ?? null) as Json);
  const fault = compiled.ok ? compiled.check(args) : { path: "", message: compiled.message };
  if (fault)
    return fail("invalid_input", `The arguments do not fit the action: ${fault.path} ${fault.message}.`, "args");
  return ok({ args, argsHash: new Uint8Array(argsHash(action, args)) });
}
