import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

interface Ended {
  id: string;
  depth: number;
}

/**
 * What runs that were stopped or lost have touched, the runs that delegated to them may know, as of those that were completed: their software may
 * have told it. The deepest first, so that it goes on up where several end at once. The caller holds the locks of {@link lockAbove}.
 */
export async function handBackClasses(tx: Tx, ended: readonly Ended[], now: Date): Promise<void> {
  const delegated = ended.filter(({ depth }) => depth > 0).toSorted((a, b) => b.depth - a.depth);
  for (const { id } of delegated)
    await tx.$executeRaw`
      UPDATE run AS above SET revision = above.revision + 1,
          data_classes = ARRAY(SELECT unnest(above.data_classes) UNION SELECT unnest(run.data_classes) ORDER BY 1)
        FROM run WHERE run.id = ${id}::uuid AND above.id = run.parent_run_id AND NOT above.data_classes @> run.data_classes
          AND (above.status = 'running' OR above.ended_at = ${now})`;
}

/** Locks the runs that delegated to these, before these: that is the order in which batches of decisions lock. Answers which. */
export async function lockAbove(tx: Tx, ids: readonly string[], held: "wait" | "skip"): Promise<string[]> {
  const skip = held === "skip" ? Prisma.sql`SKIP LOCKED` : Prisma.empty;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM run WHERE id IN (SELECT parent_run_id FROM run WHERE id = ANY(${[...ids]}::uuid[])) ORDER BY id FOR NO KEY UPDATE ${skip}`;
  return rows.map((row) => row.id);
}
