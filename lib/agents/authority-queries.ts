import { effectiveActions, type EffectiveAction } from "@/lib/agents/effective";
import type { Viewer } from "@/lib/auth/viewer";
import { isId } from "@/lib/kernel/ids";
import { settingsFrom } from "@/lib/tiers/settings";

/** The most actions of the catalogue that one page looks at. */
const ACTION_LIMIT = 2_000;

/** A grant as the agent's page shows it: those in force and the ones that ended last. */
export interface GrantRow {
  id: string;
  pattern: string;
  condition: string | null;
  state: "live" | "expired" | "revoked";
  createdBy: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

/** An agent on the way down. The name is null where the viewer may not see it. */
export interface AuthorityHolder {
  id: string;
  slug: string | null;
  name: string | null;
  patterns: string[];
}

interface AuthorityView {
  grants: GrantRow[];
  /** The agent itself, then the agents above it, nearest first. */
  chain: AuthorityHolder[];
  actions: EffectiveAction[];
  /** Actions of the catalogue that no grant of its own names. */
  notGranted: number;
  truncated: boolean;
}

type Stored = Omit<GrantRow, "state"> & { agentId: string };

/** What the agent may really do, and where it was narrowed (invariant I4); null when the viewer cannot see the agent. Five reads, however deep the chart. */
export async function effectiveAuthority(viewer: Viewer, agentId: string): Promise<AuthorityView | null> {
  const { db, access } = viewer;
  if (!isId(agentId) || !access.can("chart.read", agentId)) return null;
  const now = viewer.clock.now();
  const [agent, holders, actions, total, configuration] = await Promise.all([
    db.agent.findUnique({ where: { id: agentId }, select: { tier: true } }),
    db.$queryRaw<{ id: string; slug: string; name: string; depth: number }[]>`
      WITH RECURSIVE up AS (
        SELECT id, parent_id, kind, slug, name, 0 AS depth FROM node WHERE id = ${agentId}::uuid
        UNION ALL
        SELECT node.id, node.parent_id, node.kind, node.slug, node.name, up.depth + 1 FROM node JOIN up ON node.id = up.parent_id
      )
      SELECT id, slug, name, depth FROM up WHERE kind = 'agent' ORDER BY depth`,
    db.action.findMany({
      where: { retiredAt: null },
      orderBy: { id: "asc" },
      take: ACTION_LIMIT,
      select: { id: true, title: true, kind: true, reversibility: true, impact: true },
    }),
    db.action.count({ where: { retiredAt: null } }),
    db.configuration.findUnique({ where: { id: 1 }, select: { settings: true } }),
  ]);
  if (!agent) return null;
  const ids = holders.map((holder) => holder.id);
  const rows = await db.$queryRaw<Stored[]>`
    SELECT held.id, held.agent_id AS "agentId", pattern, condition, creator.name AS "createdBy", held.created_at AS "createdAt",
      expires_at AS "expiresAt", revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"
    FROM "grant" held LEFT JOIN person creator ON creator.id = held.created_by_id
    WHERE agent_id = ANY(${ids}::uuid[]) AND (revoked_at IS NULL OR agent_id = ${agentId}::uuid)
    ORDER BY revoked_at DESC NULLS FIRST, pattern LIMIT 5000`;
  const levels = ids.map((id) => ({
    agentId: id,
    grants: rows
      .filter((row) => row.agentId === id && row.revokedAt === null)
      .map((row) => ({
        id: row.id,
        pattern: row.pattern,
        condition: row.condition,
        expiresAtMs: row.expiresAt?.getTime() ?? null,
      })),
  }));
  const { settings } = settingsFrom(configuration?.settings);
  const effective = effectiveActions(levels, agent.tier, settings, actions, now.getTime());
  return {
    grants: rows
      .filter((row) => row.agentId === agentId)
      .slice(0, 200)
      .map((row) => grantRow(row, now)),
    chain: holders.map((holder, i) => {
      const seen = access.can("chart.read", holder.id);
      const patterns = levels[i]?.grants.map((grant) => grant.pattern) ?? [];
      return {
        id: holder.id,
        slug: seen ? holder.slug : null,
        name: seen ? holder.name : null,
        patterns: seen ? patterns : [],
      };
    }),
    actions: effective,
    notGranted: total - effective.length,
    truncated: total > actions.length,
  };
}

function grantRow(row: Stored, now: Date): GrantRow {
  const { id, pattern, condition, createdBy, createdAt, expiresAt, revokedAt, lastUsedAt } = row;
  const expired = expiresAt !== null && expiresAt <= now;
  const state = revokedAt !== null ? "revoked" : expired ? "expired" : "live";
  return { id, pattern, condition, state, createdBy, createdAt, expiresAt, revokedAt, lastUsedAt };
}
