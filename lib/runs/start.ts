import type { StreamChange } from "@/lib/audit/stream-change";
import { coversPattern } from "@/lib/catalogue/match";
import type { JsonObject } from "@/lib/kernel/json";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { DEFAULT_LEASE_SECONDS, leaseEnd, MAX_DEPTH, MAX_LIFE_MS } from "@/lib/runs/lease";

/** Who starts a run: an agent by its credential, or a run that delegates. */
export type Starter =
  | { kind: "credential"; secretHash: Buffer }
  | { kind: "run"; runId: string; agent: string; scope: readonly string[] };

interface StartRunInput {
  starter: Starter;
  runId: string;
  /** Makes the token's hash for a run id, so that a repeat with the same key finds its first token again. */
  tokenHash(runId: string): Buffer;
  trigger: JsonObject;
  /** JSON text. */
  input: string | null;
  onBehalfOf: JsonObject | null;
  instruction: string | null;
  model: string | null;
  mode: "live" | "shadow" | null;
  leaseSeconds: number | null;
  idempotencyKey: string | null;
  requestHash: Buffer | null;
  /** How deep runs may delegate, by the settings. */
  maxDepth: number;
}

export interface StartedRun {
  runId: string;
  expiresAt: Date;
  leaseUntil: Date;
  leaseSeconds: number;
  agent: { id: string; slug: string; tier: string; version: number };
  parentRunId: string | null;
}

interface AgentRow {
  id: string;
  slug: string;
  tier: string;
  status: "active" | "suspended" | "retired";
  version: number;
  version_id: string;
}

interface Origin {
  agent: AgentRow;
  credentialId: string | null;
  parent: ParentRow | null;
  scope: readonly string[];
  /** Whether who delegates may hand work to this agent. */
  delegable: boolean;
}

interface ParentRow {
  id: string;
  agent_id: string;
  /** Slugs that the boundary of its agent names, as it is now; null in one from before it could. */
  delegates: string[] | null;
  /** Its agent, and the agents above that, up to the team or person that they stand under. */
  agents: string[];
  team: string;
  depth: number;
  scope: string[];
  status: string;
  mode: "live" | "shadow";
  credential_id: string | null;
  on_behalf_of: JsonObject | null;
  data_classes: string[];
  lease_until: Date;
  token_expires_at: Date;
}

const COLUMNS = `agent.id, node.slug, agent.tier, agent.status, agent.version, v.id AS version_id`;
const FROM = `FROM agent JOIN node ON node.id = agent.id JOIN agent_version v ON v.agent_id = agent.id AND v.number = agent.version`;
const AGENT = `${COLUMNS} ${FROM}`;
/** The same with the ids of the agent and of all above it in the chart. */
const AGENT_AND_LINE = `${COLUMNS}, ARRAY(
    WITH RECURSIVE up AS (
      SELECT agent.id, node.parent_id UNION ALL SELECT above.id, above.parent_id FROM node AS above JOIN up ON above.id = up.parent_id
    ) SELECT up.id FROM up) AS line ${FROM}`;

/**
 * Starts a run of an active agent: under its credential, or under a run that delegates to it and that is open itself. A repeat with the same
 * key returns the first run. Errors: `credential_revoked`, `token_expired`, `token_invalid`, `agent_suspended`, `agent_retired`, `run_ended`,
 * `run_lease_lost`, `scope_exceeds_parent`, `delegation_not_allowed`, `not_found` (the agent), `conflict` (too deep), `idempotency_conflict`.
 */
export async function startRun(change: StreamChange, input: StartRunInput): Promise<Result<StartedRun>> {
  const origin =
    input.starter.kind === "credential"
      ? await byCredential(change, input.starter.secretHash)
      : await byRun(change, input.starter, input.maxDepth);
  if (!origin.ok) return origin;
  const { agent } = origin.value;
  const repeated = await firstRun(change, input, agent);
  if (repeated) return repeated;
  if (!origin.value.delegable)
    return fail(
      "delegation_not_allowed",
      `A run hands work to its own agent, to those below it and in its team, and to those that its boundary names: ${agent.slug} is none of them.`,
      "agent",
    );
  if (agent.status === "suspended") return fail("agent_suspended", "This agent is suspended.");
  if (agent.status === "retired") return fail("agent_retired", "This agent is retired.");
  return store(change, input, origin.value);
}

/** How old the noted last use of a credential may grow. Noting each one would make its runs queue for its row. */
const LAST_USE_MS = 60_000;

async function byCredential(change: StreamChange, secretHash: Buffer): Promise<Result<Origin>> {
  const rows = await change.query<
    AgentRow & { credential_id: string; revoked_at: Date | null; expires_at: Date | null; last_used_at: Date | null }
  >(
    "start_by_credential",
    `SELECT c.id AS credential_id, c.revoked_at, c.expires_at, c.last_used_at, a.*
       FROM credential c JOIN (SELECT ${AGENT}) AS a ON a.id = c.agent_id WHERE c.secret_hash = $1`,
    [secretHash],
  );
  const row = rows[0];
  if (!row) return fail("token_invalid", "This credential is not known.");
  if (row.revoked_at) return fail("credential_revoked", "This credential was revoked.");
  if (row.expires_at && row.expires_at <= change.now) return fail("token_expired", "This credential has expired.");
  if (!row.last_used_at || change.now.getTime() - row.last_used_at.getTime() > LAST_USE_MS) {
    await change.query("start_credential_used", "UPDATE credential SET last_used_at = $2 WHERE id = $1", [
      row.credential_id,
      change.now,
    ]);
  }
  return ok({ agent: row, credentialId: row.credential_id, parent: null, scope: [], delegable: true });
}

async function byRun(
  change: StreamChange,
  starter: Extract<Starter, { kind: "run" }>,
  maxDepth: number,
): Promise<Result<Origin>> {
  const [parents, agents] = [
    await change.query<ParentRow>(
      "start_parent",
      `SELECT run.id, run.agent_id, v.boundary->'delegates' AS delegates, depth, scope, run.status, mode, credential_id, on_behalf_of,
        data_classes, lease_until, token_expires_at, place.agents, place.team
        FROM run JOIN agent ON agent.id = run.agent_id JOIN agent_version v ON v.agent_id = agent.id AND v.number = agent.version
        CROSS JOIN LATERAL (
          WITH RECURSIVE up AS (
            SELECT id, parent_id, kind FROM node WHERE id = agent.id
            UNION ALL SELECT above.id, above.parent_id, above.kind FROM node AS above JOIN up ON above.id = up.parent_id AND up.kind = 'agent'
          ) SELECT array_agg(id) FILTER (WHERE kind = 'agent') AS agents, (array_agg(id) FILTER (WHERE kind <> 'agent'))[1] AS team FROM up
        ) AS place
        WHERE run.id = $1 FOR NO KEY UPDATE OF run`,
      [starter.runId],
    ),
    await change.query<AgentRow & { line: string[] }>("start_agent", `SELECT ${AGENT_AND_LINE} WHERE node.slug = $1`, [
      starter.agent,
    ]),
  ];
  const parent = parents[0];
  const agent = agents[0];
  if (!parent || parent.status !== "running") return fail("run_ended", "The delegating run has ended.");
  if (parent.lease_until <= change.now) return fail("run_lease_lost", "The delegating run lost its lease.");
  if (!agent) return fail("not_found", "There is no such agent.", "agent");
  const deepest = Math.min(MAX_DEPTH, maxDepth);
  if (parent.depth + 1 > deepest) return fail("conflict", `Runs may delegate at most ${deepest} deep.`);
  const outside = starter.scope.findIndex(
    (inner) => parent.scope.length > 0 && !parent.scope.some((outer) => coversPattern(outer, inner)),
  );
  if (outside !== -1)
    return fail("scope_exceeds_parent", "The delegating run does not have this itself.", `scope[${outside}]`);
  const delegable = isDelegable(parent, agent);
  return ok({ agent, credentialId: parent.credential_id, parent, scope: starter.scope, delegable });
}

/** Work goes down, and across within the team; up, and elsewhere, only where the boundary names the agent. */
const isDelegable = ({ agent_id, agents, team, delegates }: ParentRow, to: AgentRow & { line: string[] }): boolean =>
  to.line.includes(agent_id) ||
  (to.line.includes(team) && !agents.includes(to.id)) ||
  (delegates ?? []).includes(to.slug);

async function firstRun(
  change: StreamChange,
  input: StartRunInput,
  agent: AgentRow,
): Promise<Result<StartedRun> | null> {
  if (input.idempotencyKey === null) return null;
  await change.query("start_key_lock", "SELECT pg_advisory_xact_lock(hashtextextended($1, 7364903))", [
    `${agent.id} ${input.idempotencyKey}`,
  ]);
  const rows = await change.query<{
    id: string;
    request_hash: Buffer | null;
    token_hash: Buffer;
    token_expires_at: Date;
    lease_until: Date;
    lease_seconds: number;
    parent_run_id: string | null;
    number: number;
    boundary_tier: string | null;
  }>(
    "start_first",
    `SELECT run.id, request_hash, token_hash, token_expires_at, lease_until, lease_seconds, parent_run_id, v.number, v.boundary->>'tier' AS boundary_tier
       FROM run JOIN agent_version v ON v.id = run.agent_version_id WHERE run.agent_id = $1 AND idempotency_key = $2`,
    [agent.id, input.idempotencyKey],
  );
  const first = rows[0];
  if (!first) return null;
  const same =
    first.request_hash !== null &&
    input.requestHash !== null &&
    first.request_hash.equals(input.requestHash) &&
    first.token_hash.equals(input.tokenHash(first.id));
  if (!same)
    return fail("idempotency_conflict", "This idempotency key was used before with other content.", "Idempotency-Key");
  change.unchanged();
  return ok({
    runId: first.id,
    expiresAt: first.token_expires_at,
    leaseUntil: first.lease_until,
    leaseSeconds: first.lease_seconds,
    agent: { id: agent.id, slug: agent.slug, tier: first.boundary_tier ?? agent.tier, version: first.number },
    parentRunId: first.parent_run_id,
  });
}

/**
 * For whom a delegated run acts: the same person, or another that it names. When that person signed in is known only from the run above,
 * whose starter held the credential: a run's token can not vouch for it.
 */
function delegatedFor(named: JsonObject | null, above: JsonObject | null): JsonObject | null {
  if (!named || named.subject === above?.subject) return above ?? named;
  return { subject: named.subject ?? null };
}

async function store(
  change: StreamChange,
  input: StartRunInput,
  { agent, credentialId, parent, scope }: Origin,
): Promise<Result<StartedRun>> {
  const { now } = change;
  const ownEnd = new Date(now.getTime() + MAX_LIFE_MS);
  const expiresAt = parent && parent.token_expires_at < ownEnd ? parent.token_expires_at : ownEnd;
  const leaseSeconds = input.leaseSeconds ?? DEFAULT_LEASE_SECONDS;
  const leaseUntil = leaseEnd(now, leaseSeconds, expiresAt);
  const mode = parent?.mode === "shadow" ? "shadow" : (input.mode ?? "live");
  const onBehalfOf = parent ? delegatedFor(input.onBehalfOf, parent.on_behalf_of) : input.onBehalfOf;
  await change.query(
    "start_insert",
    `INSERT INTO run (id, agent_id, agent_version_id, credential_id, parent_run_id, depth, token_hash, token_expires_at, mode, trigger, input,
        on_behalf_of, instruction, model, scope, started_at, lease_until, lease_seconds, idempotency_key, request_hash,
        inherited_classes, data_classes)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $21)`,
    [
      input.runId,
      agent.id,
      agent.version_id,
      credentialId,
      parent?.id ?? null,
      parent ? parent.depth + 1 : 0,
      input.tokenHash(input.runId),
      expiresAt,
      mode,
      JSON.stringify(input.trigger),
      input.input,
      onBehalfOf === null ? null : JSON.stringify(onBehalfOf),
      input.instruction,
      input.model,
      [...scope],
      now,
      leaseUntil,
      leaseSeconds,
      input.idempotencyKey,
      input.requestHash,
      // What a run knows it may hand on with the task.
      parent?.data_classes ?? [],
    ],
  );
  change.audit(
    { kind: "agent", id: agent.id },
    {
      action: "run.start",
      subjectKind: "run",
      subjectId: input.runId,
      nodeId: agent.id,
      detail: {
        agent: agent.slug,
        version: agent.version,
        mode,
        trigger: input.trigger,
        onBehalfOf,
        ...(parent && { parentRunId: parent.id, scope: [...scope] }),
      },
    },
  );
  return ok({
    runId: input.runId,
    expiresAt,
    leaseUntil,
    leaseSeconds,
    agent: { id: agent.id, slug: agent.slug, tier: agent.tier, version: agent.version },
    parentRunId: parent?.id ?? null,
  });
}
