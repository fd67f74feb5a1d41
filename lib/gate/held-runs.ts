import type { Pool } from "pg";

import type { Waiting } from "@/lib/gate/asked";
import { sqlStateOf } from "@/lib/gate/sql-state";

const LOCK_TIMEOUT = "55P03";
/** Which of these nobody holds: a look, which keeps no lock. */
const UNLOCKED = "SELECT id FROM run WHERE id = ANY($1::uuid[]) FOR NO KEY UPDATE SKIP LOCKED";

/** Whether a lock was waited for too long. */
export const isLockTimeout = (cause: unknown): boolean => sqlStateOf(cause) === LOCK_TIMEOUT;

/**
 * A batch that could not be stored, in parts that are stored one after the other: first those whose runs nobody holds, where it was a lock that
 * was waited for; else halves. A batch of one stays whole.
 */
export async function partsOf(pool: Pool, batch: readonly Waiting[], cause: unknown): Promise<Waiting[][]> {
  if (isLockTimeout(cause)) {
    const unlocked = await unlockedOf(pool, batch).catch(() => null);
    const free = batch.filter((waiting) => unlocked?.has(waiting.entry.id));
    if (free.length > 0 && free.length < batch.length)
      return [free, batch.filter((waiting) => !free.includes(waiting))];
  }
  const half = batch.length >> 1;
  return [batch.slice(0, half), batch.slice(half)];
}

async function unlockedOf(pool: Pool, batch: readonly Waiting[]): Promise<Set<string>> {
  const ids = [...new Set(batch.map((waiting) => waiting.entry.id))];
  const { rows } = await pool.query<{ id: string }>(UNLOCKED, [ids]);
  return new Set(rows.map((row) => row.id));
}
