import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/kernel/ids";
import type { Risk } from "@/lib/approvals/views";

const MINUTE_MS = 60_000;

/** How long something has waited so far: from, and below, in milliseconds. */
export const AGES = [
  { id: "5m", label: "Under 5 minutes", fromMs: 0, toMs: 5 * MINUTE_MS },
  { id: "30m", label: "5 to 30 minutes", fromMs: 5 * MINUTE_MS, toMs: 30 * MINUTE_MS },
  { id: "2h", label: "30 minutes to 2 hours", fromMs: 30 * MINUTE_MS, toMs: 120 * MINUTE_MS },
  { id: "8h", label: "2 to 8 hours", fromMs: 120 * MINUTE_MS, toMs: 480 * MINUTE_MS },
  { id: "1d", label: "8 hours to a day", fromMs: 480 * MINUTE_MS, toMs: 1_440 * MINUTE_MS },
  { id: "more", label: "Over a day", fromMs: 1_440 * MINUTE_MS, toMs: null },
] as const;
export type AgeId = (typeof AGES)[number]["id"];
export const AGE_IDS = AGES.map((age) => age.id) as [AgeId, ...AgeId[]];

export interface WaitingAge {
  age: AgeId;
  counts: Record<Risk, number>;
  total: number;
}

/** What waits now, by how long and risk, youngest first; every age is there. What is overdue waits no longer. */
export async function waitingAges(viewer: Viewer, agents: readonly string[]): Promise<WaitingAge[]> {
  const now = viewer.clock.now();
  const bounds = AGES.map((age) => age.fromMs / 1_000);
  const own = agents.length > 0 ? Prisma.sql`AND agent_id = ANY(${agents.filter(isId)}::uuid[])` : Prisma.empty;
  const rows = await viewer.db.$queryRaw<{ place: number; risk: Risk; count: number }[]>`
    SELECT width_bucket(greatest(0, extract(epoch FROM ${now}::timestamptz - requested_at))::float8, ${bounds}::float8[]) AS place,
      risk::text, count(*)::int AS count
    FROM approval WHERE state = 'pending' AND deadline > ${now} AND ${withinSql(viewer.access, "measures.read", "agent_id")} ${own}
    GROUP BY 1, 2`;
  return AGES.map((age, index) => {
    const counts = { high: 0, medium: 0, low: 0 };
    for (const row of rows) if (row.place === index + 1) counts[row.risk] += row.count;
    return { age: age.id, counts, total: counts.high + counts.medium + counts.low };
  });
}
