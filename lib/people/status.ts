import { change, type CommandContext } from "@/lib/audit/change";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { administered } from "@/lib/people/authority";
import { keepsAnAdmin } from "@/lib/people/last-admin";

/** Ends the person's sessions at once and refuses further sign-ins. Refused with `conflict` for the last admin and for oneself. */
export async function disablePerson(context: CommandContext, input: { personId: string }): Promise<Result<null>> {
  return await change(context, { rebindsDecisions: true }, async ({ tx, audit, notify }) => {
    const person = await administered(tx, context, input.personId);
    if (!person.ok) return person;
    if (person.value.status === "disabled") return fail("conflict", `${person.value.name} is already disabled.`);
    if (context.actor.kind === "person" && context.actor.id === person.value.id)
      return fail("conflict", "You cannot disable yourself.");
    await tx.person.update({
      where: { id: person.value.id },
      data: { status: "disabled", sessionEpoch: { increment: 1 } },
    });
    await tx.invite.deleteMany({ where: { personId: person.value.id, usedAt: null } });
    const kept = await keepsAnAdmin(tx);
    if (!kept.ok) return kept;
    audit({
      action: "person.disable",
      subjectKind: "person",
      subjectId: person.value.id,
      nodeId: null,
      detail: { email: person.value.email },
    });
    notify("people");
    return ok(null);
  });
}

/** Lets a disabled person sign in again, with the roles that they kept. */
export async function enablePerson(context: CommandContext, input: { personId: string }): Promise<Result<null>> {
  return await change(context, { rebindsDecisions: true }, async ({ tx, audit, notify }) => {
    const person = await administered(tx, context, input.personId);
    if (!person.ok) return person;
    if (person.value.status === "active") return fail("conflict", `${person.value.name} is not disabled.`);
    await tx.person.update({ where: { id: person.value.id }, data: { status: "active" } });
    audit({
      action: "person.enable",
      subjectKind: "person",
      subjectId: person.value.id,
      nodeId: null,
      detail: { email: person.value.email },
    });
    notify("people");
    return ok(null);
  });
}
