import { lookAgain } from "@/lib/approvals/route/look-again";
import { command, type Step } from "@/lib/audit/command";
import { ROLES, roleAllows } from "@/lib/auth/permissions";
import { isId } from "@/lib/kernel/ids";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { endAbsenceInput, setAbsenceInput } from "@/lib/people/absence-schemas";
import { administered, loadStanding, type PersonStanding } from "@/lib/people/authority";

/**
 * A person is away: others are asked meanwhile, first a delegate, who must hold a role that decides. Everybody says so for themselves, and
 * who administers the account for others. Errors: `invalid_input` for a time that is over or in the wrong order or a delegate who decides
 * nothing, `conflict` for a time in which they are away already.
 */
export const setAbsence = command(setAbsenceInput, { rebindsDecisions: true }, async (step, input) => {
  const { personId, delegateId } = input;
  const [startsAt, endsAt] = [new Date(input.startsAt), input.endsAt === null ? null : new Date(input.endsAt)];
  const person = await ownOrAdministered(step, personId);
  if (!person.ok) return person;
  if (endsAt !== null && startsAt >= endsAt) return fail("invalid_input", "It ends before it begins.", "endsAt");
  if (endsAt !== null && endsAt <= step.now) return fail("invalid_input", "It is over already.", "endsAt");
  if (delegateId !== null) {
    const fits = await delegateFits(step, personId, delegateId);
    if (!fits.ok) return fits;
  }
  // Two at once for one person: the second waits, and sees the first.
  await step.tx.$queryRaw`SELECT 1 FROM person WHERE id = ${personId}::uuid FOR UPDATE`;
  const other = await step.tx.absence.findFirst({
    where: {
      personId,
      ...(endsAt === null ? {} : { startsAt: { lt: endsAt } }),
      OR: [{ endsAt: null }, { endsAt: { gt: startsAt } }],
    },
    select: { id: true },
  });
  if (other) return fail("conflict", "They are away already during that time.", "startsAt");
  const id = step.newId();
  await step.tx.absence.create({ data: { id, personId, startsAt, endsAt, delegateId, createdAt: step.now } });
  await lookAgain(step, { personId });
  step.audit({
    action: "absence.set",
    subjectKind: "person",
    subjectId: personId,
    nodeId: null,
    detail: {
      email: person.value.email,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt?.toISOString() ?? null,
      delegateId,
    },
  });
  step.notify("people", `person:${personId}`);
  return ok({ id });
});

/** They are back: it ends now, or was never to be if it has not begun. */
export const endAbsence = command(endAbsenceInput, { rebindsDecisions: true }, async (step, { absenceId }) => {
  const missing = fail("not_found", "There is no such absence.");
  const absence = isId(absenceId) ? await step.tx.absence.findUnique({ where: { id: absenceId } }) : null;
  if (!absence) return missing;
  const { personId, startsAt, endsAt } = absence;
  const person = await ownOrAdministered(step, personId);
  if (!person.ok) return person.error.code === "not_found" ? missing : person;
  if (endsAt !== null && endsAt <= step.now) return fail("conflict", "It is over already.");
  if (startsAt < step.now) await step.tx.absence.update({ where: { id: absenceId }, data: { endsAt: step.now } });
  else await step.tx.absence.delete({ where: { id: absenceId } });
  await lookAgain(step, { personId });
  step.audit({
    action: "absence.end",
    subjectKind: "person",
    subjectId: personId,
    nodeId: null,
    detail: { email: person.value.email, startsAt: startsAt.toISOString(), endsAt: endsAt?.toISOString() ?? null },
  });
  step.notify("people", `person:${personId}`);
  return ok(null);
});

async function ownOrAdministered(step: Step, personId: string): Promise<Result<PersonStanding>> {
  if (step.actor.kind !== "person" || step.actor.id !== personId) return administered(step.tx, step, personId);
  const own = await loadStanding(step.tx, personId);
  return own ? ok(own) : fail("not_found", "There is no such person here.");
}

const DECIDING = ROLES.filter((role) => roleAllows(role, "approval.decide"));

/** Being a delegate gives no authority: somebody who decides nothing could only be asked in vain. */
async function delegateFits(step: Step, personId: string, delegateId: string): Promise<Result<null>> {
  if (delegateId === personId) return fail("invalid_input", "Nobody stands in for themselves.", "delegateId");
  const delegate = await step.tx.person.findUnique({
    where: { id: delegateId },
    select: { name: true, status: true, roles: { where: { role: { in: DECIDING } }, select: { id: true }, take: 1 } },
  });
  if (!delegate) return fail("not_found", "There is no such person.", "delegateId");
  if (delegate.status === "disabled") return fail("conflict", "That person is disabled.", "delegateId");
  if (delegate.roles.length === 0)
    return fail("invalid_input", "That person holds no role that decides approvals.", "delegateId");
  return ok(null);
}
