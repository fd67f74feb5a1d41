import { z } from "zod";

import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { isObject } from "@/lib/catalogue/infer-schema";
import { isActionId } from "@/lib/catalogue/match";
import { suggestAction, type Suggestion } from "@/lib/catalogue/suggest";
import type { UnclassifiedListParams } from "@/lib/catalogue/unclassified-params";
import { Prisma } from "@/lib/db/generated/client";
import { searchSql } from "@/lib/db/search-sql";
import type { JsonObject } from "@/lib/kernel/json";

/** An action that agents in sight asked for and nobody has classified. Figures are of those agents only (invariant I12). */
export interface UnclassifiedRow {
  action: string;
  requests: number;
  /** Of these, denied outright: it was not granted, or something else forbade it. */
  denied: number;
  agents: number;
  /** The names of up to three. */
  agentNames: string[];
  firstAt: Date;
  lastAt: Date;
  dismissedAt: Date | null;
  dismissedReason: string | null;
  suggestion: Suggestion;
}

export interface UnclassifiedDetail extends UnclassifiedRow {
  /** The latest requests in sight, newest first. */
  samples: { decisionId: string; agent: string; at: Date; effect: "allow" | "deny" | "escalate"; args: JsonObject }[];
}

type Stored = Omit<UnclassifiedRow, "suggestion"> & { sampleIds: string[] };

/** A nav badge needs no more. */
const COUNT_MAX = 1_000;

const notInCatalogue = Prisma.sql`NOT EXISTS (SELECT 1 FROM action WHERE action.id = asked.action)`;

/** How many wait to be classified, at most 1,000; 0 for whoever could not. */
export async function countUnclassified(viewer: Viewer): Promise<number> {
  if (!viewer.access.canEverywhere("catalogue.write")) return 0;
  const rows = await viewer.db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM unclassified_action asked WHERE dismissed_at IS NULL AND ${notInCatalogue} LIMIT ${COUNT_MAX}) waiting`;
  return rows[0]?.count ?? 0;
}

/** A page of the queue; empty for whoever holds no role that reads the catalogue. */
export async function listUnclassified(
  viewer: Viewer,
  params: UnclassifiedListParams,
): Promise<{ rows: UnclassifiedRow[]; total: number }> {
  if (!viewer.access.canAnywhere("catalogue.read")) return { rows: [], total: 0 };
  const { db } = viewer;
  const state = params.state === "waiting" ? Prisma.sql`dismissed_at IS NULL` : Prisma.sql`dismissed_at IS NOT NULL`;
  const matching = Prisma.sql`${state} AND ${notInCatalogue} AND ${searchSql(params.q, [Prisma.sql`asked.action`])}
    AND EXISTS (SELECT 1 FROM action_use u WHERE u.action = asked.action AND ${withinSql(viewer.access, "chart.read", "u.agent_id")})`;
  const [rows, counted] = await Promise.all([
    db.$queryRaw<Stored[]>`
      SELECT asked.action, asked.sample_ids AS "sampleIds", asked.dismissed_at AS "dismissedAt",
        asked.dismissed_reason AS "dismissedReason", ${figures}
      FROM unclassified_action asked CROSS JOIN LATERAL (${uses(viewer)}) used
      WHERE ${matching}
      ORDER BY ${Prisma.raw(`${COLUMNS[params.sort]} ${params.descending ? "DESC" : "ASC"}`)}, asked.action
      LIMIT ${params.pageSize} OFFSET ${(params.page - 1) * params.pageSize}`,
    db.$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM unclassified_action asked WHERE ${matching}`,
  ]);
  const samples = await samplesOf(
    viewer,
    rows.flatMap((row) => row.sampleIds),
  );
  const known = await knownIds(viewer);
  return {
    rows: rows.map(({ sampleIds, ...row }) => ({
      ...row,
      suggestion: suggestAction(
        row.action,
        sampleIds.flatMap((id) => samples.get(id) ?? []).map((sample) => sample.args),
        known,
      ),
    })),
    total: counted[0]?.total ?? 0,
  };
}

/** One of the queue with its samples and what it might be; null when nobody in sight asked for it, or it is in the catalogue. */
export async function getUnclassified(viewer: Viewer, action: string): Promise<UnclassifiedDetail | null> {
  if (!viewer.access.canAnywhere("catalogue.read") || !isActionId(action)) return null;
  const rows = await viewer.db.$queryRaw<Stored[]>`
    SELECT asked.action, asked.sample_ids AS "sampleIds", asked.dismissed_at AS "dismissedAt",
      asked.dismissed_reason AS "dismissedReason", ${figures}
    FROM unclassified_action asked CROSS JOIN LATERAL (${uses(viewer)}) used
    WHERE asked.action = ${action} AND used.requests > 0 AND ${notInCatalogue}`;
  const row = rows[0];
  if (!row) return null;
  const { sampleIds, ...shown } = row;
  const [samples, known] = await Promise.all([samplesOf(viewer, sampleIds), knownIds(viewer)]);
  const found = sampleIds.flatMap((id) => samples.get(id) ?? []);
  return {
    ...shown,
    samples: found,
    suggestion: suggestAction(
      action,
      found.map((sample) => sample.args),
      known,
    ),
  };
}

const COLUMNS: Record<UnclassifiedListParams["sort"], string> = {
  action: "asked.action",
  requests: "used.requests",
  agents: "used.agents",
  firstAt: "asked.first_at",
  lastAt: "used.last_at",
};

/** What agents in sight did with it: by the key, a handful of rows a day. */
const uses = (viewer: Viewer): Prisma.Sql => Prisma.sql`
  SELECT coalesce(sum(u.allowed + u.escalated + u.denied), 0)::int AS requests, coalesce(sum(u.denied), 0)::int AS denied,
    count(DISTINCT u.agent_id)::int AS agents, max(u.last_at) AS last_at,
    (array_agg(DISTINCT node.name))[:3] AS names
  FROM action_use u JOIN node ON node.id = u.agent_id
  WHERE u.action = asked.action AND ${withinSql(viewer.access, "chart.read", "u.agent_id")}`;

const figures = Prisma.sql`used.requests, used.denied, used.agents,
  coalesce(used.names, '{}') AS "agentNames", asked.first_at AS "firstAt", used.last_at AS "lastAt"`;

const argsSchema = z.record(z.string(), z.json());

async function samplesOf(
  viewer: Viewer,
  ids: readonly string[],
): Promise<Map<string, UnclassifiedDetail["samples"][number]>> {
  if (ids.length === 0) return new Map();
  const rows = await viewer.db.$queryRaw<
    { decisionId: string; agent: string; at: Date; effect: "allow" | "deny" | "escalate"; args: unknown }[]
  >`
    SELECT decision.id AS "decisionId", node.name AS agent, decision.at, decision.effect::text AS effect, decision.args
    FROM decision JOIN node ON node.id = decision.agent_id
    WHERE decision.id = ANY(${[...ids]}::uuid[]) AND ${withinSql(viewer.access, "run.read", "decision.agent_id")}`;
  return new Map(
    rows.flatMap((row) => {
      const args = argsSchema.safeParse(row.args);
      return args.success && isObject(args.data) ? [[row.decisionId, { ...row, args: args.data }] as const] : [];
    }),
  );
}

async function knownIds(viewer: Viewer): Promise<string[]> {
  const rows = await viewer.db.action.findMany({ where: { retiredAt: null }, select: { id: true }, take: 5_000 });
  return rows.map((row) => row.id);
}
