import type { Db } from "@/lib/db/client";

/** Records of one stream that a reader of decisions has yet to look at. */
export interface Stretch {
  reader: string;
  stream: string;
  after: bigint;
  until: bigint;
}

/**
 * What a reader is behind with, along the gates' audit streams: in each a decision stands once, and none can appear behind what was read.
 * At most `batch` records of each stream.
 */
export const behindOf = (db: Pick<Db, "$queryRaw">, reader: string, batch: number): Promise<Stretch[]> =>
  db.$queryRaw<Stretch[]>`
    SELECT ${reader}::text AS reader, s.id AS stream, coalesce(c.seq, 0) AS after, least(s.seq, coalesce(c.seq, 0) + ${batch}) AS until
    FROM audit_stream s LEFT JOIN decision_cursor c ON c.reader = ${reader} AND c.stream = s.id
    WHERE s.id LIKE 'gate/%' AND s.id NOT LIKE '%/runs/%' AND s.seq > coalesce(c.seq, 0) ORDER BY s.id LIMIT 100`;

/**
 * Moves the cursor from where it was read, in the transaction that writes what was learnt: each decision then counts once, whoever crashes.
 * False when another worker has moved it meanwhile.
 */
export async function advance(
  db: Pick<Db, "$executeRaw">,
  { reader, stream, after, until }: Stretch,
): Promise<boolean> {
  const moved = await db.$executeRaw`
    INSERT INTO decision_cursor (reader, stream, seq) VALUES (${reader}, ${stream}, ${until})
    ON CONFLICT (reader, stream) DO UPDATE SET seq = excluded.seq WHERE decision_cursor.seq = ${after}`;
  return moved === 1;
}
