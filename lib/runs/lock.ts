import type { StreamChange } from "@/lib/audit/stream-change";
import { fail } from "@/lib/kernel/result";

/** A run as locked by a change of it. */
interface LockedRun {
  status: "running" | "succeeded" | "failed" | "blocked" | "halted" | "lost";
  mode: "live" | "shadow";
  started_at: Date;
  ended_at: Date | null;
  lease_until: Date;
  token_expires_at: Date;
  token_revoked_at: Date | null;
  completion_hash: Buffer | null;
  /** In a row, up to now. */
  tool_errors: number;
}

export async function lockRun(change: StreamChange, id: string): Promise<LockedRun | undefined> {
  const rows = await change.query<LockedRun>(
    "run_lock",
    `SELECT status, mode, started_at, ended_at, lease_until, token_expires_at, token_revoked_at, completion_hash, tool_errors
      FROM run WHERE id = $1 FOR NO KEY UPDATE`,
    [id],
  );
  return rows[0];
}

/** Why the run's token proves nothing any more, or null. */
export function tokenFault(run: LockedRun, now: Date) {
  if (run.token_revoked_at) return fail("token_revoked", "The run's token was revoked.");
  return run.token_expires_at <= now ? fail("token_expired", "The run's token has expired.") : null;
}

/** Why nothing more may happen in the run, or null. */
export function endFault(run: LockedRun, now: Date) {
  if (run.status === "lost" || (run.status === "running" && run.lease_until <= now)) {
    return fail(
      "run_lease_lost",
      "Nothing was heard of this run for longer than its lease: it counts as lost. Start a new run.",
    );
  }
  return run.status === "running" ? null : fail("run_ended", `This run has ended: ${run.status}.`);
}
