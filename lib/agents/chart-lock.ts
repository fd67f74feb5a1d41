import type { Tx } from "@/lib/db/client";

/**
 * Takes the lock under which the chart is edited until the transaction ends, the one that the store's trigger takes (7364901),
 * so that what a command reads of the tree still holds when it writes (invariant I11).
 */
export async function lockChart(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(7364901)`;
}

/** The position after the last child of the node. */
export async function lastPosition(tx: Tx, parentId: string): Promise<number> {
  const last = await tx.node.findFirst({
    where: { parentId },
    orderBy: { position: "desc" },
    select: { position: true },
  });
  return (last?.position ?? -1) + 1;
}
