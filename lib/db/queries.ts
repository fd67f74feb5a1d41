import type { Db, Tx } from "@/lib/db/client";

/**
 * Plain SQL that reads, whoever runs it: a pool or a connection of `pg` as it is, or Prisma through `queriesOf`. The two bring
 * 64-bit integers, numerics and bytes in different forms, so that a statement for both casts those itself.
 */
export interface Queries {
  query<Row extends object>(text: string, values?: unknown[]): Promise<{ rows: Row[] }>;
}

/** The same over Prisma's client, for queries that pages ask. The text is the caller's own, never input. */
export const queriesOf = (db: Pick<Db | Tx, "$queryRawUnsafe">): Queries => ({
  query: async (text, values = []) => ({ rows: await db.$queryRawUnsafe(text, ...values) }),
});
