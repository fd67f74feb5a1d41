import type { Change } from "@/lib/audit/change";
import { Prisma } from "@/lib/db/generated/client";

/** Has the worker follow anew, within its next round, the routes that this may have changed: of a rotation, or that a person is on. */
export async function lookAgain(
  { tx, now }: Pick<Change, "tx" | "now">,
  of: { rotation: string } | { personId: string },
): Promise<void> {
  const concerned =
    "rotation" in of
      ? Prisma.sql`strpos(route::text, ${`{"rotation":${JSON.stringify(of.rotation)}}`}) > 0`
      : Prisma.sql`approver_ids @> ARRAY[${of.personId}::uuid]`;
  // Rows are locked in one order, as everywhere.
  await tx.$executeRaw`
    UPDATE approval SET next_contact_at = ${now} WHERE id IN (
      SELECT id FROM approval WHERE state = 'pending' AND deadline > ${now} AND ${concerned} ORDER BY id FOR UPDATE)`;
}
