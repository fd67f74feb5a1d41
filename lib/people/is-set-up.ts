import type { Db, Tx } from "@/lib/db/client";

/** Whether there is nothing at all yet, nobody and no chart: only then can the demo be loaded. */
export async function isEmpty(db: Db | Tx): Promise<boolean> {
  const [person, node] = await Promise.all([
    db.person.findFirst({ select: { id: true } }),
    db.node.findFirst({ select: { id: true } }),
  ]);
  return person === null && node === null;
}

/**
 * Whether anybody has ever been able to sign in. False leads every page to the first run.
 * People that a manifest named before the first run have no password yet and do not count.
 */
export async function isSetUp(db: Db | Tx): Promise<boolean> {
  return (await db.person.findFirst({ where: { passwordHash: { not: null } }, select: { id: true } })) !== null;
}
