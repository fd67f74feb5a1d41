import { z } from "zod";

import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/kernel/ids";
import { decisionFault } from "@/lib/promotions/machine";
import { readRecord } from "@/lib/promotions/record-query";
import type { PromotionState } from "@/lib/promotions/schemas";
import { readiness, recordSchema, type AutonomyRecord, type Criterion } from "@/lib/tiers/record";
import { settingsFrom } from "@/lib/tiers/settings";
import type { TIERS } from "@/lib/tiers/matrices";

type Tier = (typeof TIERS)[number];

/** A request for the next tier, as lists and the agent's page show it. */
export interface PromotionRow {
  id: string;
  agent: { id: string; slug: string; name: string; version: number; tier: Tier };
  fromTier: Tier;
  toTier: Tier;
  state: PromotionState;
  /** The agent version that the record was about. */
  agentVersion: number;
  /** As it was when asked; null for one of an older format. */
  record: AutonomyRecord | null;
  /** The record against the criteria in force now. */
  criteria: Criterion[];
  requestedBy: string | null;
  reason: string;
  requestedAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  comment: string | null;
  may: { decide: boolean; withdraw: boolean };
  /** Why the viewer may not decide one that waits, though their role would do. */
  excluded: "requester" | "owner" | null;
}

interface Stored {
  id: string;
  agentId: string;
  slug: string;
  name: string;
  version: number;
  tier: Tier;
  parentId: string | null;
  ownerIds: string[];
  fromTier: Tier;
  toTier: Tier;
  state: PromotionState;
  agentVersion: number;
  record: unknown;
  requestedById: string | null;
  requestedBy: string | null;
  reason: string;
  requestedAt: Date;
  decidedBy: string | null;
  decidedAt: Date | null;
  comment: string | null;
}

/** The promotions of agents in sight: those that wait (all of them, at most 200), or those decided last (at most 100). */
export async function listPromotions(viewer: Viewer, which: "pending" | "decided"): Promise<PromotionRow[]> {
  if (!viewer.access.canAnywhere("chart.read")) return [];
  const state = which === "pending" ? Prisma.sql`p.state = 'pending'` : Prisma.sql`p.state <> 'pending'`;
  const order = which === "pending" ? Prisma.sql`p.requested_at` : Prisma.sql`p.decided_at DESC`;
  return await rowsOf(
    viewer,
    Prisma.sql`${state} AND ${withinSql(viewer.access, "chart.read", "p.agent_id")} ORDER BY ${order} LIMIT ${which === "pending" ? 200 : 100}`,
  );
}

/** The promotions of one agent, newest first, at most 50; empty when the viewer cannot see it. */
export async function promotionsOf(viewer: Viewer, agentId: string): Promise<PromotionRow[]> {
  if (!isId(agentId) || !viewer.access.can("chart.read", agentId)) return [];
  return await rowsOf(viewer, Prisma.sql`p.agent_id = ${agentId}::uuid ORDER BY p.requested_at DESC LIMIT 50`);
}

/** One promotion; null when the viewer cannot see its agent, or there is none. */
export async function getPromotion(viewer: Viewer, id: string): Promise<PromotionRow | null> {
  if (!isId(id)) return null;
  const seen = Prisma.sql`p.id = ${id}::uuid AND ${withinSql(viewer.access, "chart.read", "p.agent_id")}`;
  return (await rowsOf(viewer, seen))[0] ?? null;
}

/** How many wait that the viewer may decide, at most 200. */
export async function countPromotions(viewer: Viewer): Promise<number> {
  if (!viewer.access.canAnywhere("promotion.decide")) return 0;
  const { access, db, person } = viewer;
  const rows = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM promotion p JOIN agent ON agent.id = p.agent_id JOIN node ON node.id = p.agent_id
      WHERE p.state = 'pending' AND p.requested_by_id IS DISTINCT FROM ${person.id}::uuid
        AND ${person.id}::uuid <> ALL(array_append(agent.past_owner_ids, agent.owner_id))
        AND agent.status <> 'retired' AND ${withinSql(access, "promotion.decide", "node.parent_id")} LIMIT 200) waiting`;
  return rows[0]?.count ?? 0;
}

/** The agent's record up to now against the criteria in force, and its days; null when the viewer cannot see it. */
export async function agentAutonomy(
  viewer: Viewer,
  agentId: string,
): Promise<{
  record: AutonomyRecord;
  criteria: Criterion[];
  days: { day: Date; allowed: number; escalated: number; denied: number }[];
} | null> {
  const { db, access, clock } = viewer;
  if (!isId(agentId) || !access.can("run.read", agentId)) return null;
  const now = clock.now();
  const [record, configuration, days] = await Promise.all([
    readRecord(db, agentId, now),
    db.configuration.findUnique({ where: { id: 1 }, select: { settings: true } }),
    db.$queryRaw<{ day: Date; allowed: number; escalated: number; denied: number }[]>`
      SELECT day, sum(allowed)::int AS allowed, sum(escalated)::int AS escalated, sum(denied)::int AS denied
      FROM action_use WHERE agent_id = ${agentId}::uuid AND day > ${new Date(now.getTime() - CHART_DAYS * DAY_MS)}::date
      GROUP BY day ORDER BY day`,
  ]);
  if (!record) return null;
  const { settings } = settingsFrom(configuration?.settings);
  return { record, criteria: readiness(record, settings.autonomy), days };
}

export const CHART_DAYS = 30;
const DAY_MS = 86_400_000;

/** A change of the agent's tier. */
export interface TierChange {
  version: number;
  from: Tier | null;
  to: Tier;
  at: Date;
  /** Null: the operator, or Remit itself. */
  by: string | null;
  how: "created" | "promotion" | "demotion" | "edit";
  reason: string | null;
}

const demotion = z.object({ detail: z.object({ version: z.number(), reason: z.string() }) });

/** How the agent came by its tier, newest first, at most 50 changes; empty when the viewer cannot see it. */
export async function tierHistory(viewer: Viewer, agentId: string): Promise<TierChange[]> {
  const { db, access } = viewer;
  if (!isId(agentId) || !access.can("chart.read", agentId)) return [];
  const [steps, promotions, demotions] = await Promise.all([
    db.$queryRaw<{ version: number; from: Tier | null; to: Tier; at: Date; by: string | null }[]>`
      SELECT version, before AS "from", tier AS "to", at, by FROM (
        SELECT v.number AS version, v.boundary->>'tier' AS tier, lag(v.boundary->>'tier') OVER (ORDER BY v.number) AS before,
          v.created_at AS at, person.name AS by
        FROM agent_version v LEFT JOIN person ON person.id = v.created_by_id WHERE v.agent_id = ${agentId}::uuid
      ) steps WHERE before IS DISTINCT FROM tier AND tier IS NOT NULL ORDER BY version DESC LIMIT 50`,
    db.promotion.findMany({
      where: { agentId, state: "approved" },
      select: { decidedAt: true, reason: true, comment: true },
      orderBy: { requestedAt: "desc" },
      take: 50,
    }),
    db.auditRecord.findMany({
      where: { subjectId: agentId, action: "agent.demote" },
      select: { body: true },
      orderBy: { at: "desc" },
      take: 50,
    }),
  ]);
  const reasons = new Map(
    demotions.flatMap(({ body }) => {
      const parsed = demotion.safeParse(JSON.parse(body));
      return parsed.success ? [[parsed.data.detail.version, parsed.data.detail.reason] as const] : [];
    }),
  );
  return steps.map((step): TierChange => {
    const lowered = reasons.get(step.version);
    if (lowered !== undefined) return { ...step, how: "demotion", reason: lowered };
    const promoted = promotions.find((one) => one.decidedAt?.getTime() === step.at.getTime());
    if (promoted) return { ...step, how: "promotion", reason: promoted.comment ?? promoted.reason };
    return { ...step, how: step.from === null ? "created" : "edit", reason: null };
  });
}

async function rowsOf(viewer: Viewer, matching: Prisma.Sql): Promise<PromotionRow[]> {
  const { db, access, person } = viewer;
  const [rows, configuration] = await Promise.all([
    db.$queryRaw<Stored[]>`
      SELECT p.id, p.agent_id AS "agentId", node.slug, node.name, agent.version, agent.tier::text AS tier,
        node.parent_id AS "parentId", array_append(agent.past_owner_ids, agent.owner_id) AS "ownerIds", p.from_tier::text AS "fromTier", p.to_tier::text AS "toTier",
        p.state::text AS state, p.agent_version AS "agentVersion", p.record, p.requested_by_id AS "requestedById",
        asker.name AS "requestedBy", p.reason, p.requested_at AS "requestedAt", decider.name AS "decidedBy",
        p.decided_at AS "decidedAt", p.comment
      FROM promotion p JOIN agent ON agent.id = p.agent_id JOIN node ON node.id = p.agent_id
      LEFT JOIN person asker ON asker.id = p.requested_by_id LEFT JOIN person decider ON decider.id = p.decided_by_id
      WHERE ${matching}`,
    db.configuration.findUnique({ where: { id: 1 }, select: { settings: true } }),
  ]);
  const { settings } = settingsFrom(configuration?.settings);
  return rows.map((row) => {
    const { agentId, slug, name, version, tier, parentId, ownerIds, requestedById, ...shown } = row;
    const record = recordSchema.safeParse(row.record);
    const fault = decisionFault({ state: row.state, requestedById, ownerIds }, person.id);
    const above = parentId !== null && access.can("promotion.decide", parentId);
    const pending = row.state === "pending";
    return {
      ...shown,
      agent: { id: agentId, slug, name, version, tier },
      record: record.success ? record.data : null,
      criteria: record.success ? readiness(record.data, settings.autonomy) : [],
      may: {
        decide: pending && above && fault === null && tier === row.fromTier,
        withdraw: pending && (requestedById === person.id || access.can("promotion.request", agentId)),
      },
      excluded: above && (fault === "requester" || fault === "owner") ? fault : null,
    };
  });
}
