import type { RunState } from "@/lib/decisions/types";
import { Problem } from "@/lib/gate/problem";

/** Why this run's token may not be used to act at `nowMs`, or null when it may. Reading what the run did stays allowed until the token ends. */
export function standingOf(run: RunState, nowMs: number): Problem | null {
  const token = tokenStandingOf(run, nowMs);
  if (token) return token;
  if (run.status === "lost") return leaseLost();
  if (run.status !== "running") return new Problem("run_ended", `This run has ended: ${run.status}.`);
  return run.leaseUntil.getTime() <= nowMs ? leaseLost() : null;
}

/** Why this run's token is no proof of anything at `nowMs`, or null when it is. */
export function tokenStandingOf(run: RunState, nowMs: number): Problem | null {
  if (run.tokenRevoked) return new Problem("token_revoked", "The run's token was revoked.");
  if (run.tokenExpiresAt.getTime() <= nowMs) return new Problem("token_expired", "The run's token has expired.");
  return null;
}

const leaseLost = (): Problem =>
  new Problem(
    "run_lease_lost",
    "Nothing was heard of this run for longer than its lease: it counts as lost. Start a new run.",
  );
