import { ancestorsInSight, type AncestorNode } from "@/lib/agents/ancestry";
import { readBoundary } from "@/lib/agents/boundary";
import type { Boundary } from "@/lib/agents/schemas";
import { rates } from "@/lib/budgets/schemas";
import type { Permission } from "@/lib/auth/permissions";
import type { Viewer } from "@/lib/auth/viewer";
import { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/kernel/ids";
import { isSlug } from "@/lib/kernel/slug";
import { settingsFrom } from "@/lib/tiers/settings";

const WEEK_MS = 7 * 24 * 3_600_000;

/** One agent as its page shows it. */
export interface AgentDetail {
  id: string;
  slug: string;
  name: string;
  status: "active" | "suspended" | "retired";
  suspendedReason: string | null;
  tier: "observe" | "recommend" | "prepare" | "execute" | "escalate";
  version: number;
  createdAt: Date;
  owner: { id: string; name: string; email: string };
  /** Nearest first, as far as the viewer may see. */
  above: AncestorNode[];
  boundary: Boundary;
  /** How often it may ask: `60/m`, `unlimited`; `own` where it is the agent's, else it is the organisation's. null: unreadable. */
  limits: { run: ShownLimit; agent: ShownLimit } | null;
  week: {
    runs: number;
    running: number;
    decisions: number;
    denials: number;
    escalations: number;
    costMicroUsd: string;
    unpricedCalls: number;
  };
  waitingApprovals: number;
  lastSeenAt: Date | null;
  /** What it can act with: grants and credentials that are live. */
  live: { grants: number; credentials: number };
  may: {
    write: boolean;
    suspend: boolean;
    resume: boolean;
    writeCredentials: boolean;
    readRuns: boolean;
    readAudit: boolean;
  };
}

export interface ShownLimit {
  text: string;
  own: boolean;
  /** What the organisation's settings say. */
  inherited: string;
}

/** The agent of this slug, or null when the viewer can see none. */
export async function getAgent(viewer: Viewer, slug: string): Promise<AgentDetail | null> {
  const { db, access } = viewer;
  if (!isSlug(slug)) return null;
  const found = await db.agent.findFirst({
    where: { node: { slug } },
    select: {
      id: true,
      status: true,
      suspendedReason: true,
      tier: true,
      version: true,
      rate: true,
      createdAt: true,
      node: { select: { slug: true, name: true } },
      owner: { select: { id: true, name: true, email: true } },
    },
  });
  if (!found || !access.can("chart.read", found.id)) return null;
  const { id, node } = found;
  const since = new Date(viewer.clock.now().getTime() - WEEK_MS);
  const now = viewer.clock.now();
  const live = { agentId: id, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
  const [above, version, weeks, waitingApprovals, credential, run, configuration, grants, credentials] =
    await Promise.all([
      ancestorsInSight(viewer, [id]),
      db.agentVersion.findUnique({
        where: { agentId_number: { agentId: id, number: found.version } },
        select: { boundary: true },
      }),
      db.$queryRaw<AgentDetail["week"][]>`
      SELECT count(*)::int AS runs, count(*) FILTER (WHERE status = 'running')::int AS running,
        coalesce(sum(decisions), 0)::int AS decisions, coalesce(sum(denials), 0)::int AS denials,
        coalesce(sum(escalations), 0)::int AS escalations, coalesce(sum(cost_micro_usd), 0)::text AS "costMicroUsd",
        coalesce(sum(unpriced_calls), 0)::int AS "unpricedCalls"
      FROM run WHERE agent_id = ${id}::uuid AND started_at >= ${since}`,
      db.approval.count({ where: { agentId: id, state: "pending", deadline: { gt: viewer.clock.now() } } }),
      db.credential.findFirst({
        where: { agentId: id, lastUsedAt: { not: null } },
        orderBy: { lastUsedAt: "desc" },
        select: { lastUsedAt: true },
      }),
      db.run.findFirst({
        where: { agentId: id },
        orderBy: { startedAt: "desc" },
        select: { startedAt: true, endedAt: true },
      }),
      db.configuration.findUnique({ where: { id: 1 }, select: { settings: true } }),
      db.grant.count({ where: live }),
      db.credential.count({ where: live }),
    ]);
  return {
    id,
    slug: node.slug,
    name: node.name,
    status: found.status,
    suspendedReason: found.suspendedReason,
    tier: found.tier,
    version: found.version,
    createdAt: found.createdAt,
    owner: found.owner,
    above: above.get(id) ?? [],
    boundary: readBoundary(version?.boundary, node.name, found.tier),
    limits: limitsShown(found.rate, configuration?.settings),
    week: weeks[0] ?? {
      runs: 0,
      running: 0,
      decisions: 0,
      denials: 0,
      escalations: 0,
      costMicroUsd: "0",
      unpricedCalls: 0,
    },
    waitingApprovals,
    lastSeenAt: latest(credential?.lastUsedAt ?? null, run?.endedAt ?? null, run?.startedAt ?? null),
    live: { grants, credentials },
    may: {
      write: access.can("agent.write", id),
      suspend: access.can("agent.suspend", id),
      resume: access.can("agent.write", id),
      writeCredentials: access.can("credential.write", id),
      readRuns: access.can("run.read", id),
      readAudit: access.can("audit.read", id),
    },
  };
}

function limitsShown(stored: unknown, settings: unknown): AgentDetail["limits"] {
  const own = rates.safeParse(stored);
  if (!own.success) return null;
  const inherited = settingsFrom(settings).settings.rates;
  const shown = (of: "run" | "agent"): ShownLimit => ({
    text: own.data[of] ?? inherited[of],
    own: own.data[of] !== undefined,
    inherited: inherited[of],
  });
  return { run: shown("run"), agent: shown("agent") };
}

/** What is no id is in nobody's sight, and never reaches the database. */
const inSight = (viewer: Viewer, permission: Permission, id: string): boolean =>
  isId(id) && viewer.access.can(permission, id);

const latest = (...times: (Date | null)[]): Date | null =>
  times.reduce((a, b) => (b !== null && (a === null || b > a) ? b : a), null);

/** A credential as people may see it: never its hash. */
export interface CredentialRow {
  id: string;
  name: string;
  /** The first characters of the secret. */
  prefix: string;
  state: "live" | "expired" | "revoked";
  createdBy: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

/** The agent's newest 100 credentials, live ones first; empty when the viewer cannot see the agent. */
export async function listCredentials(viewer: Viewer, agentId: string): Promise<CredentialRow[]> {
  if (!inSight(viewer, "chart.read", agentId)) return [];
  const now = viewer.clock.now();
  const rows = await viewer.db.$queryRaw<Omit<CredentialRow, "state">[]>`
    SELECT credential.id, credential.name, prefix, creator.name AS "createdBy", credential.created_at AS "createdAt",
      expires_at AS "expiresAt", revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"
    FROM credential LEFT JOIN person creator ON creator.id = credential.created_by_id
    WHERE agent_id = ${agentId}::uuid
    ORDER BY (revoked_at IS NULL AND coalesce(expires_at > ${now}, TRUE)) DESC, credential.created_at DESC LIMIT 100`;
  return rows.map((row) => ({
    ...row,
    state: row.revokedAt !== null ? "revoked" : row.expiresAt !== null && row.expiresAt <= now ? "expired" : "live",
  }));
}

/** One version with what it stands on and how often it ran. */
export interface VersionRow {
  number: number;
  boundary: Boundary;
  contentHash: string;
  createdBy: string | null;
  createdAt: Date;
  runs: number;
}

/** The agent's newest 50 versions; empty when the viewer cannot see the agent. */
export async function listVersions(viewer: Viewer, agentId: string): Promise<VersionRow[]> {
  if (!inSight(viewer, "chart.read", agentId)) return [];
  const rows = await viewer.db.$queryRaw<
    (Omit<VersionRow, "boundary"> & { boundary: unknown; name: string; tier: Boundary["tier"] })[]
  >`
    SELECT version.number, version.boundary, node.name, agent.tier::text AS tier, encode(version.content_hash, 'hex') AS "contentHash", creator.name AS "createdBy",
      version.created_at AS "createdAt", coalesce(used.runs, 0)::int AS runs
    FROM agent_version version
    JOIN agent ON agent.id = version.agent_id JOIN node ON node.id = agent.id
    LEFT JOIN person creator ON creator.id = version.created_by_id
    LEFT JOIN (
      SELECT agent_version_id, count(*) AS runs FROM run WHERE agent_id = ${agentId}::uuid GROUP BY agent_version_id
    ) used ON used.agent_version_id = version.id
    WHERE version.agent_id = ${agentId}::uuid ORDER BY version.number DESC LIMIT 50`;
  return rows.map(({ boundary, name, tier, ...row }) => ({ ...row, boundary: readBoundary(boundary, name, tier) }));
}

/** A run in the short list on an agent's page. */
interface RecentRun {
  id: string;
  status: "running" | "succeeded" | "failed" | "blocked" | "halted" | "lost";
  mode: "live" | "shadow";
  trigger: string | null;
  version: number;
  startedAt: Date;
  endedAt: Date | null;
  decisions: number;
  denials: number;
  escalations: number;
  costMicroUsd: string;
  unpricedCalls: number;
}

/** The agent's newest runs, at most 50; empty when the viewer may not read its runs. */
export async function recentRuns(viewer: Viewer, agentId: string, take = 20): Promise<RecentRun[]> {
  if (!inSight(viewer, "run.read", agentId)) return [];
  return await viewer.db.$queryRaw<RecentRun[]>(Prisma.sql`
    SELECT run.id, run.status::text AS status, run.mode::text AS mode, run.trigger->>'kind' AS trigger, version.number AS version,
      run.started_at AS "startedAt", run.ended_at AS "endedAt", run.decisions, run.denials, run.escalations,
      run.cost_micro_usd::text AS "costMicroUsd", run.unpriced_calls AS "unpricedCalls"
    FROM run JOIN agent_version version ON version.id = run.agent_version_id
    WHERE run.agent_id = ${agentId}::uuid ORDER BY run.started_at DESC LIMIT ${Math.min(take, 50)}`);
}
