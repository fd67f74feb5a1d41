import { command } from "@/lib/audit/command";
import { fail, ok } from "@/lib/kernel/result";
import { personIdSchema } from "@/lib/people/account-schemas";
import { administered } from "@/lib/people/authority";
import { keepsAnAdmin } from "@/lib/people/last-admin";

/** Ends the person's sessions at once, kills their links and refuses further sign-ins. Refused with `conflict` for the last admin and for oneself. */
export const disablePerson = command(personIdSchema, { rebindsDecisions: true }, async (step, input) => {
  const found = await administered(step.tx, step, input.personId);
  if (!found.ok) return found;
  const { id, name, email, status } = found.value;
  if (status === "disabled") return fail("conflict", `${name} is already disabled.`);
  if (step.actor.kind === "person" && step.actor.id === id) return fail("conflict", "You cannot disable yourself.");
  await step.tx.person.update({ where: { id }, data: { status: "disabled", sessionEpoch: { increment: 1 } } });
  await step.tx.invite.deleteMany({ where: { personId: id, usedAt: null } });
  const kept = await keepsAnAdmin(step.tx);
  if (!kept.ok) return kept;
  step.audit({ action: "person.disable", subjectKind: "person", subjectId: id, nodeId: null, detail: { email } });
  step.notify("people");
  return ok(null);
});

/** Lets a disabled person sign in again, with the roles that they kept. */
export const enablePerson = command(personIdSchema, { rebindsDecisions: true }, async (step, input) => {
  const found = await administered(step.tx, step, input.personId);
  if (!found.ok) return found;
  const { id, name, email, status } = found.value;
  if (status === "active") return fail("conflict", `${name} is not disabled.`);
  await step.tx.person.update({ where: { id }, data: { status: "active" } });
  step.audit({ action: "person.enable", subjectKind: "person", subjectId: id, nodeId: null, detail: { email } });
  step.notify("people");
  return ok(null);
});
