import type { Db, Tx } from "@/lib/db/client";

/** Reads that must fit together: one snapshot of the database, in a transaction that cannot write. */
export async function readSnapshot<T>(db: Db, read: (tx: Tx) => Promise<T>): Promise<T> {
  return db.$transaction(
    async (tx) => {
      await tx.$executeRaw`SET TRANSACTION READ ONLY`;
      return read(tx);
    },
    { isolationLevel: "RepeatableRead", timeout: 30_000 },
  );
}
