import type { Directory } from "@/lib/approvals/route/contacts";
import { directoryOf } from "@/lib/approvals/route/directory";
import type { Db, Tx } from "@/lib/db/client";

/** Who there is, who is on call and who is away, as the store says it now. Of absences and stand-ins those that are not over. */
export async function readDirectory(db: Db | Tx, now: Date): Promise<Directory> {
  // One after the other: inside a transaction there is one connection.
  const people = await db.person.findMany({ select: { id: true, email: true, name: true, status: true } });
  const nodes = await db.node.findMany({
    select: {
      id: true,
      parentId: true,
      kind: true,
      slug: true,
      name: true,
      suspended: true,
      leadId: true,
      personId: true,
    },
  });
  const bindings = await db.roleBinding.findMany({ select: { personId: true, role: true, nodeId: true } });
  const rotations = await db.rotation.findMany({
    include: { overrides: { where: { endsAt: { gt: now } }, orderBy: { startsAt: "asc" } } },
  });
  const absences = await db.absence.findMany({
    where: { OR: [{ endsAt: null }, { endsAt: { gt: now } }] },
    select: { personId: true, startsAt: true, endsAt: true, delegateId: true },
    orderBy: { startsAt: "asc" },
  });
  return directoryOf({
    people,
    nodes,
    bindings,
    rotations: rotations.map((one) => ({ ...one, startsOn: dayOf(one.startsOn) })),
    absences,
  });
}

/** A day as it is stored, at midnight UTC, as `YYYY-MM-DD`. */
export const dayOf = (day: Date): string => day.toISOString().slice(0, 10);
