import { command } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok } from "@/lib/kernel/result";
import { killSwitchInput } from "@/lib/organisation/schemas";

/** Stops everything: the next decision of every agent is a deny (invariant I9). Errors: `conflict` when it is on already. */
export const engageKillSwitch = command(killSwitchInput, { rebindsDecisions: true }, async (step, { reason }) => {
  const allowed = authorise(step, "organisation.write", null);
  if (!allowed.ok) return allowed;
  const { count } = await step.tx.configuration.updateMany({
    where: { id: 1, killSwitch: false },
    data: { killSwitch: true, killSwitchReason: reason },
  });
  if (count === 0) return fail("conflict", "The kill switch is on already.");
  step.audit({
    action: "organisation.kill",
    subjectKind: "organisation",
    subjectId: "1",
    nodeId: null,
    detail: { reason },
  });
  step.notify("agents", "chart", "stops");
  return ok(null);
});

/** Lets agents act again; those suspended one by one or by subtree stay so. Errors: `conflict` when it is off. */
export const releaseKillSwitch = command(killSwitchInput, { rebindsDecisions: true }, async (step, { reason }) => {
  const allowed = authorise(step, "organisation.write", null);
  if (!allowed.ok) return allowed;
  const { count } = await step.tx.configuration.updateMany({
    where: { id: 1, killSwitch: true },
    data: { killSwitch: false, killSwitchReason: null },
  });
  if (count === 0) return fail("conflict", "The kill switch is not on.");
  step.audit({
    action: "organisation.release",
    subjectKind: "organisation",
    subjectId: "1",
    nodeId: null,
    detail: { reason },
  });
  step.notify("agents", "chart", "stops");
  return ok(null);
});
