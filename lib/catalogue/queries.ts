import { actionBasis } from "@/lib/catalogue/action-basis";
import { ACTION_ID_MAX, isActionId, matchesAction } from "@/lib/catalogue/match";
import type { ActionListParams } from "@/lib/catalogue/list-params";
import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { Prisma } from "@/lib/db/generated/client";
import { searchSql } from "@/lib/db/search-sql";
import type { Json } from "@/lib/kernel/json";
import { TIERS } from "@/lib/tiers/matrices";
import { tierOutcome, type TierOutcome } from "@/lib/tiers/outcome";
import { settingsFrom, type Settings } from "@/lib/tiers/settings";

type Tier = (typeof TIERS)[number];

/** An action as the catalogue lists it. */
export interface ActionListRow {
  id: string;
  title: string | null;
  system: { id: string; name: string };
  kind: "read" | "draft" | "propose" | "execute";
  reversibility: "reversible" | "compensable" | "irreversible";
  impact: "low" | "medium" | "high";
  dataClasses: string[];
  retired: boolean;
  tiers: Record<Tier, TierOutcome>;
  /** Agents in sight whose own live grants name it. */
  holders: number;
}

/** One action with all that its page shows. */
interface ActionDetail extends ActionListRow {
  description: string | null;
  args: Json;
  evidence: string[];
  fact: Json;
  rollback: string | null;
  /** Null: arguments of the same names. */
  rollbackArgs: Json;
  createdAt: Date;
  /** For who changes it: see lib/catalogue/action-basis.ts. */
  basis: string;
}

/** An agent whose grants name the action. */
export interface Holder {
  id: string;
  slug: string;
  name: string;
  status: "active" | "suspended" | "retired";
  tier: Tier;
  patterns: string[];
  outcome: TierOutcome;
  lastUsedAt: Date | null;
}

type Stored = Omit<ActionListRow, "system" | "tiers" | "holders"> & { systemId: string; systemName: string };

/** A page of the catalogue; empty for whoever holds no role that reads it. */
export async function listActions(
  viewer: Viewer,
  params: ActionListParams,
): Promise<{ rows: ActionListRow[]; total: number }> {
  if (!viewer.access.canAnywhere("catalogue.read")) return { rows: [], total: 0 };
  const { db } = viewer;
  const matching = Prisma.join([searchSql(params.q, SEARCHED), ...filters(params)], " AND ");
  const [rows, counted, settings, grants] = await Promise.all([
    db.$queryRaw<Stored[]>`
      SELECT action.id, action.title, system.id AS "systemId", system.name AS "systemName", action.kind::text AS kind,
        action.reversibility::text AS reversibility, action.impact::text AS impact, action.data_classes AS "dataClasses",
        action.retired_at IS NOT NULL AS retired
      FROM action JOIN system ON system.id = action.system_id
      WHERE ${matching}
      ORDER BY ${Prisma.raw(`action.${params.sort} ${params.descending ? "DESC" : "ASC"}`)}, action.id
      LIMIT ${params.pageSize} OFFSET ${(params.page - 1) * params.pageSize}`,
    db.$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM action JOIN system ON system.id = action.system_id WHERE ${matching}`,
    settingsInForce(viewer),
    grantsInSight(viewer),
  ]);
  return {
    rows: rows.map((row) => listed(row, settings, grants)),
    total: counted[0]?.total ?? 0,
  };
}

/** The systems, with how many actions each has; at most 200. */
export async function listSystems(
  viewer: Viewer,
): Promise<{ id: string; name: string; description: string | null; actions: number; called: boolean }[]> {
  if (!viewer.access.canAnywhere("catalogue.read")) return [];
  return await viewer.db.$queryRaw`
    SELECT system.id, system.name, system.description, count(action.id)::int AS actions,
      EXISTS (SELECT 1 FROM system_receiver WHERE system_receiver.system_id = system.id) AS called
    FROM system LEFT JOIN action ON action.system_id = system.id AND action.retired_at IS NULL
    GROUP BY system.id ORDER BY system.name, system.id LIMIT 200`;
}

/** One action and the agents in sight that hold it, at most 200; null when there is none that the viewer may read. */
export async function getAction(
  viewer: Viewer,
  id: string,
): Promise<{ action: ActionDetail; holders: Holder[] } | null> {
  if (!viewer.access.canAnywhere("catalogue.read") || id.length > ACTION_ID_MAX || !isActionId(id)) return null;
  const { db } = viewer;
  const [rows, settings, grants] = await Promise.all([
    db.$queryRaw<
      (Stored &
        Pick<ActionDetail, "description" | "args" | "evidence" | "fact" | "rollback" | "rollbackArgs" | "createdAt"> & {
          retiredAt: Date | null;
        })[]
    >`
      SELECT action.id, action.title, system.id AS "systemId", system.name AS "systemName", action.kind::text AS kind,
        action.reversibility::text AS reversibility, action.impact::text AS impact, action.data_classes AS "dataClasses",
        action.retired_at IS NOT NULL AS retired, action.description, action.args, action.evidence, action.fact, action.rollback, action.rollback_args AS "rollbackArgs",
        action.created_at AS "createdAt", action.retired_at AS "retiredAt"
      FROM action JOIN system ON system.id = action.system_id WHERE action.id = ${id}`,
    settingsInForce(viewer),
    grantsInSight(viewer),
  ]);
  const row = rows[0];
  if (!row) return null;
  const { description, args, evidence, fact, rollback, rollbackArgs, createdAt } = row;
  const patterns = grants.map((grant) => grant.pattern).filter((pattern) => matchesAction(pattern, id));
  const holders = await db.$queryRaw<Omit<Holder, "outcome">[]>`
    SELECT agent.id, node.slug, node.name, agent.status::text AS status, agent.tier::text AS tier,
      array_agg(held.pattern ORDER BY held.pattern) AS patterns, max(held.last_used_at) AS "lastUsedAt"
    FROM "grant" held JOIN agent ON agent.id = held.agent_id JOIN node ON node.id = agent.id
    WHERE held.pattern = ANY(${patterns}) AND held.revoked_at IS NULL
      AND (held.expires_at IS NULL OR held.expires_at > ${viewer.clock.now()})
      AND ${withinSql(viewer.access, "chart.read", "agent.id")}
    GROUP BY agent.id, node.id ORDER BY node.name, agent.id LIMIT 200`;
  return {
    action: {
      ...listed(row, settings, grants),
      description,
      args,
      evidence,
      fact,
      rollback,
      rollbackArgs,
      createdAt,
      basis: actionBasis(row),
    },
    holders: holders.map((holder) => ({ ...holder, outcome: tierOutcome(settings, holder.tier, row) })),
  };
}

/** What a form for an action offers; null for whoever may not write the catalogue. At most 5,000 actions. */
export async function actionFormData(viewer: Viewer): Promise<{
  systems: { id: string; name: string }[];
  actions: string[];
  settings: Pick<Settings, "tiers" | "reversibility">;
} | null> {
  if (!viewer.access.canEverywhere("catalogue.write")) return null;
  const { db } = viewer;
  const [systems, actions, { tiers, reversibility }] = await Promise.all([
    db.system.findMany({ orderBy: [{ name: "asc" }, { id: "asc" }], select: { id: true, name: true }, take: 2_000 }),
    db.action.findMany({ where: { retiredAt: null }, orderBy: { id: "asc" }, select: { id: true }, take: 5_000 }),
    settingsInForce(viewer),
  ]);
  return { systems, actions: actions.map((action) => action.id), settings: { tiers, reversibility } };
}

const SEARCHED = [
  Prisma.sql`action.id`,
  Prisma.sql`action.title`,
  Prisma.sql`action.description`,
  Prisma.sql`system.name`,
];

function filters(params: ActionListParams): Prisma.Sql[] {
  const chosen: [column: string, values: readonly string[]][] = [
    ["action.system_id", params.system.filter((id) => !id.includes("\0"))],
    ["action.kind::text", params.kind],
    ["action.reversibility::text", params.reversibility],
    ["action.impact::text", params.impact],
  ];
  return chosen
    .filter(([, values]) => values.length > 0)
    .map(([column, values]) => Prisma.sql`${Prisma.raw(column)} = ANY(${values})`);
}

async function settingsInForce(viewer: Viewer): Promise<Settings> {
  const row = await viewer.db.configuration.findUnique({ where: { id: 1 }, select: { settings: true } });
  return settingsFrom(row?.settings).settings;
}

interface GrantedPattern {
  pattern: string;
  agentIds: string[];
}

/** The patterns of live grants in sight, each with its agents: a few hundred however many agents there are. */
async function grantsInSight(viewer: Viewer): Promise<GrantedPattern[]> {
  return await viewer.db.$queryRaw<GrantedPattern[]>`
    SELECT pattern, array_agg(DISTINCT agent_id::text) AS "agentIds" FROM "grant"
    WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ${viewer.clock.now()})
      AND ${withinSql(viewer.access, "chart.read", "agent_id")}
    GROUP BY pattern LIMIT 5000`;
}

function listed(row: Stored, settings: Settings, grants: readonly GrantedPattern[]): ActionListRow {
  const agents = new Set(grants.flatMap((grant) => (matchesAction(grant.pattern, row.id) ? grant.agentIds : [])));
  return {
    id: row.id,
    title: row.title,
    system: { id: row.systemId, name: row.systemName },
    kind: row.kind,
    reversibility: row.reversibility,
    impact: row.impact,
    dataClasses: row.dataClasses,
    retired: row.retired,
    tiers: {
      observe: tierOutcome(settings, "observe", row),
      recommend: tierOutcome(settings, "recommend", row),
      prepare: tierOutcome(settings, "prepare", row),
      escalate: tierOutcome(settings, "escalate", row),
      execute: tierOutcome(settings, "execute", row),
    },
    holders: agents.size,
  };
}
