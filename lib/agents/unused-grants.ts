import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { digestBehindSince } from "@/lib/catalogue/digest";
import type { Db, Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/kernel/ids";

/** A grant that let nothing through for so long is more authority than the work takes. */
export const UNUSED_DAYS = 30;
const DAY_MS = 86_400_000;
const LIMIT = 1_000;

/** A live grant that was of no use for 30 days: neither to the agent nor to one below it or delegated to. */
export interface UnusedGrant {
  id: string;
  agent: { id: string; slug: string; name: string };
  pattern: string;
  condition: string | null;
  createdAt: Date;
  expiresAt: Date | null;
  /** Null: never since it was given. */
  lastUsedAt: Date | null;
  mayRemove: boolean;
}

interface UnusedGrants {
  grants: UnusedGrant[];
  /** More than the 1,000 that are listed. */
  truncated: boolean;
  /** When the first could be listed if it stays of no use; null when some are, or there are no grants. */
  firstAt: Date | null;
  /** Decisions since then are not taken in yet: what they used may stand here. Null when nothing waits for long. */
  behindSince: Date | null;
}

interface Stored extends Omit<UnusedGrant, "agent" | "mayRemove"> {
  agentId: string;
  slug: string;
  name: string;
}

/** A worker that is at work is never behind by more than this. */
const BEHIND_MS = 5 * 60_000;

/** The unused grants of agents in sight, or of one of them; the agents by name. */
export async function listUnusedGrants(viewer: Viewer, agentId?: string): Promise<UnusedGrants> {
  const { access, clock, db } = viewer;
  const nothing = { grants: [], truncated: false, firstAt: null, behindSince: null };
  if (agentId !== undefined && (!isId(agentId) || !access.can("chart.read", agentId))) return nothing;
  if (!access.canAnywhere("chart.read")) return nothing;
  const now = clock.now();
  const of = agentId === undefined ? Prisma.sql`TRUE` : Prisma.sql`held.agent_id = ${agentId}::uuid`;
  const seen = Prisma.sql`${withinSql(access, "chart.read", "held.agent_id")} AND ${of}`;
  const [rows, behind] = await Promise.all([unusedRows(db, now, seen, LIMIT + 1), digestBehindSince(db)]);
  return {
    grants: rows.slice(0, LIMIT).map(({ agentId: id, slug, name, ...grant }) => ({
      ...grant,
      agent: { id, slug, name },
      mayRemove: access.can("agent.write", id),
    })),
    truncated: rows.length > LIMIT,
    firstAt: rows.length === 0 ? await firstUnused(db, now, seen) : null,
    behindSince: behind !== null && now.getTime() - behind.getTime() > BEHIND_MS ? behind : null,
  };
}

/** Live grants of living agents that were of no use since `now` less 30 days, and were given before. The condition is the caller's, on `held`. */
export async function unusedRows(db: Db | Tx, now: Date, condition: Prisma.Sql, limit: number): Promise<Stored[]> {
  const since = new Date(now.getTime() - UNUSED_DAYS * DAY_MS);
  return await db.$queryRaw<Stored[]>`
    SELECT held.id, held.agent_id AS "agentId", node.slug, node.name, held.pattern, held.condition, held.created_at AS "createdAt",
      held.expires_at AS "expiresAt", held.last_used_at AS "lastUsedAt"
    FROM "grant" held JOIN agent ON agent.id = held.agent_id JOIN node ON node.id = agent.id
    WHERE ${living(now)} AND held.created_at < ${since} AND (held.last_used_at IS NULL OR held.last_used_at < ${since}) AND ${condition}
    ORDER BY node.name, node.slug, held.pattern LIMIT ${limit}`;
}

const living = (now: Date): Prisma.Sql =>
  Prisma.sql`held.revoked_at IS NULL AND (held.expires_at IS NULL OR held.expires_at > ${now}) AND agent.status <> 'retired'`;

/** When the grant that was of use longest ago, or never, comes to 30 days. */
async function firstUnused(db: Db | Tx, now: Date, condition: Prisma.Sql): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ at: Date | null }[]>`
    SELECT min(greatest(held.created_at, held.last_used_at)) AS at FROM "grant" held JOIN agent ON agent.id = held.agent_id
    WHERE ${living(now)} AND ${condition}`;
  return row?.at ? new Date(row.at.getTime() + UNUSED_DAYS * DAY_MS) : null;
}
