import type { Step } from "@/lib/audit/command";
import type { Tx } from "@/lib/db/client";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { settingsFrom } from "@/lib/tiers/settings";

/** Whether the organisation wants two people behind every change of its policies. */
export async function needsSecondPerson(tx: Pick<Tx, "configuration">): Promise<boolean> {
  const row = await tx.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } });
  return settingsFrom(row.settings).settings.policies.secondPerson;
}

/** Refuses a person who would change what is in force alone where that takes two. The operator's manifest passes: it has its own review. */
export async function mayActAlone(step: Pick<Step, "tx" | "actor">): Promise<Result<null>> {
  if (step.actor.kind !== "person" || !(await needsSecondPerson(step.tx))) return ok(null);
  return fail("forbidden", "Policies are published by a second person here: propose a draft.");
}

/** Whether this person may put the draft in force: somebody else than all who wrote in it, and only once it is proposed. */
export function secondPersonFault(
  draft: { state: "editing" | "proposed"; authorIds: readonly string[] },
  personId: string,
): Result<null> {
  if (draft.state !== "proposed")
    return fail("conflict", "Propose the draft first: a second person then publishes it.");
  return draft.authorIds.includes(personId)
    ? fail("forbidden", "You wrote in this draft: somebody else publishes it.")
    : ok(null);
}
