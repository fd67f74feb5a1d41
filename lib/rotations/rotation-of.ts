import type { Step } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import type { Rotation as StoredRotation } from "@/lib/db/generated/client";
import { isId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { minuteOfClock, type RotationFields } from "@/lib/rotations/schemas";

const MISSING = fail("not_found", "There is no such rotation.");

/** The rotation under its lock, for whoever may change the chart where it stands. A foreign id is `not_found` (invariant I12). */
export async function rotationFor(step: Step, id: string): Promise<Result<StoredRotation>> {
  if (!isId(id)) return MISSING;
  await step.tx.$queryRaw`SELECT 1 FROM rotation WHERE id = ${id}::uuid FOR UPDATE`;
  const rotation = await step.tx.rotation.findUnique({ where: { id } });
  if (!rotation) return MISSING;
  const allowed = authorise(step, "chart.write", rotation.nodeId);
  if (!allowed.ok) return allowed.error.code === "not_found" ? MISSING : allowed;
  return ok(rotation);
}

/** Refuses members who do not exist or are disabled, as far as they were not members before. */
export async function membersFit(
  step: Step,
  memberIds: readonly string[],
  before: readonly string[] = [],
): Promise<Result<null>> {
  const people = await step.tx.person.findMany({
    where: { id: { in: [...memberIds] } },
    select: { id: true, name: true, status: true },
  });
  if (people.length < memberIds.length) return fail("not_found", "There is no such person.", "memberIds");
  const disabled = people.find((one) => one.status === "disabled" && !before.includes(one.id));
  return disabled ? fail("conflict", `${disabled.name} is disabled.`, "memberIds") : ok(null);
}

/** As the store has it. */
export const columnsOf = ({ handover, startsOn, ...fields }: RotationFields) => ({
  ...fields,
  handoverMinute: minuteOfClock(handover),
  startsOn: new Date(`${startsOn}T00:00:00Z`),
});

/** Of a rotation in the audit record. */
export const detailOf = (slug: string, fields: RotationFields): JsonObject => ({ slug, ...fields });
