import type { Pool } from "pg";

/** Extends the lease of an open run. Returns its new end; null when the run has ended or its lease was over. It changes nothing that is decided on, and is not audited. */
export async function heartbeat(pool: Pool, runId: string, now: Date): Promise<Date | null> {
  const { rows } = await pool.query<{ lease_until: Date }>({
    name: "run_heartbeat",
    text: `UPDATE run SET lease_until = greatest(lease_until, least($2::timestamptz + make_interval(secs => lease_seconds), token_expires_at))
      WHERE id = $1 AND status = 'running' AND token_revoked_at IS NULL AND lease_until > $2 RETURNING lease_until`,
    values: [runId, now],
  });
  return rows[0]?.lease_until ?? null;
}
