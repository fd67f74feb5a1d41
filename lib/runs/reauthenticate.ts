import type { StreamChange } from "@/lib/audit/stream-change";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { endFault, lockRun } from "@/lib/runs/lock";

interface ReauthenticateInput {
  runId: string;
  /** Of the agent's credential: the run's own token proves nothing here. */
  secretHash: Buffer;
  /** As the run names the person. */
  subject: string;
  authenticatedAt: Date;
}

interface Reauthenticated {
  runId: string;
  subject: string;
  authenticatedAt: Date;
}

/** The clock of who reports may be ahead by so much, as `isFresh` of the policy check takes it. */
const AHEAD_MS = 60_000;

/**
 * Notes that the person whom a run acts for has signed in again, for the run and for what it delegated on their behalf. Only the holder
 * of the agent's credential can say so: that is the service that signs people in and starts the runs. The agent itself holds the run's
 * token alone, and must not be able to vouch for a person. A time that is not later than the known one changes nothing.
 * Errors: `token_invalid`, `credential_revoked`, `token_expired` (the credential); `not_found` (not a run of it); `run_ended`,
 * `run_lease_lost`; `conflict` (the run acts for nobody); `invalid_input` with its field.
 */
export async function reauthenticate(
  change: StreamChange,
  input: ReauthenticateInput,
): Promise<Result<Reauthenticated>> {
  const { runId, subject, authenticatedAt } = input;
  const credential = await credentialOf(change, input.secretHash);
  if (!credential.ok) return credential;
  const { id: credentialId, agent_id: agentId } = credential.value;
  const run = await lockRun(change, runId);
  const [owned] = await change.query<{ on_behalf_of: { subject: string; authenticatedAt?: string } | null }>(
    "reauthenticate_run",
    "SELECT on_behalf_of FROM run WHERE id = $1 AND (credential_id = $2 OR agent_id = $3)",
    [runId, credentialId, agentId],
  );
  if (!run || !owned) return fail("not_found", "There is no such run.");
  const ended = endFault(run, change.now);
  if (ended) return ended;
  const known = owned.on_behalf_of;
  if (!known) return fail("conflict", "This run acts for nobody.");
  if (known.subject !== subject) return fail("invalid_input", "The run acts for another person.", "subject");
  if (authenticatedAt.getTime() > change.now.getTime() + AHEAD_MS)
    return fail("invalid_input", "This time is yet to come.", "authenticatedAt");
  if (known.authenticatedAt !== undefined && authenticatedAt <= new Date(known.authenticatedAt)) {
    change.unchanged();
    return ok({ runId, subject, authenticatedAt: new Date(known.authenticatedAt) });
  }
  const touched = await change.query<{ id: string }>(
    "reauthenticate_update",
    `WITH RECURSIVE below AS (
        SELECT $1::uuid AS id
        UNION ALL SELECT run.id FROM below JOIN run ON run.parent_run_id = below.id
          WHERE run.status = 'running' AND run.on_behalf_of->>'subject' = $2
      )
      UPDATE run SET on_behalf_of = run.on_behalf_of || jsonb_build_object('authenticatedAt', $3::text), revision = revision + 1
        FROM below WHERE run.id = below.id RETURNING run.id`,
    [runId, subject, authenticatedAt.toISOString()],
  );
  change.audit(
    { kind: "agent", id: agentId },
    {
      action: "run.reauthenticate",
      subjectKind: "run",
      subjectId: runId,
      nodeId: agentId,
      detail: { credentialId, subject, authenticatedAt: authenticatedAt.toISOString(), runs: touched.length },
    },
  );
  for (const { id } of touched) change.notify(`run:${id}`);
  return ok({ runId, subject, authenticatedAt });
}

async function credentialOf(
  change: StreamChange,
  secretHash: Buffer,
): Promise<Result<{ id: string; agent_id: string }>> {
  const [row] = await change.query<{ id: string; agent_id: string; revoked_at: Date | null; expires_at: Date | null }>(
    "reauthenticate_credential",
    "SELECT id, agent_id, revoked_at, expires_at FROM credential WHERE secret_hash = $1",
    [secretHash],
  );
  if (!row) return fail("token_invalid", "This credential is not known.");
  if (row.revoked_at) return fail("credential_revoked", "This credential was revoked.");
  if (row.expires_at && row.expires_at <= change.now) return fail("token_expired", "This credential has expired.");
  return ok(row);
}
