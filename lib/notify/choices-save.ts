import { command } from "@/lib/audit/command";
import { hashOf } from "@/lib/kernel/json";
import { fail, ok } from "@/lib/kernel/result";
import { defaultChoice, saveChoicesInput } from "@/lib/notify/choices";
import { CHOICE_IDS } from "@/lib/notify/kinds";
import { peopleInSight } from "@/lib/people/sight";

/**
 * Replaces how the person who acts wants to be told; what equals the default is not stored, so that it follows the default. Errors:
 * `invalid_input` (field `secondaryId`) for a secondary contact who is oneself, disabled, or out of sight.
 */
export const saveChoices = command(saveChoicesInput, {}, async (step, input) => {
  const { actor, access } = step;
  if (actor.kind !== "person" || !access) return fail("forbidden", "Only people choose how they are told.");
  const { quiet, digestAt, secondaryId } = input;
  if (secondaryId !== null) {
    const secondary =
      secondaryId === actor.id
        ? null
        : await step.tx.person.findFirst({
            where: { AND: [{ id: secondaryId, status: "active" }, peopleInSight(access)] },
            select: { id: true },
          });
    if (!secondary) return fail("invalid_input", "Choose somebody else who can sign in.", "secondaryId");
  }
  const own = CHOICE_IDS.flatMap((id) => {
    const choice = input.choices[id];
    if (!choice) return [];
    const channels = [...new Set(choice.channels)].toSorted();
    const usual = { ...defaultChoice(id), channels: defaultChoice(id).channels.toSorted() };
    const same = hashOf({ channels, pace: choice.pace }).equals(hashOf(usual));
    return same ? [] : [[id, { channels, pace: choice.pace }] as const];
  });
  const row = {
    choices: Object.fromEntries(own),
    quietFrom: quiet?.from ?? null,
    quietTo: quiet?.to ?? null,
    digestAt,
    secondaryId,
    updatedAt: step.now,
  };
  await step.tx.notificationChoice.upsert({
    where: { personId: actor.id },
    create: { personId: actor.id, ...row },
    update: row,
  });
  step.audit({
    action: "notification.choose",
    subjectKind: "person",
    subjectId: actor.id,
    nodeId: null,
    detail: { choices: row.choices, quiet, digestAt, secondaryId },
  });
  step.notify(`inbox:${actor.id}`);
  return ok(null);
});
