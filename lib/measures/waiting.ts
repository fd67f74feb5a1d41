import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/kernel/ids";
import { AGES, type AgeId } from "@/lib/measures/ages";
import type { Risk } from "@/lib/approvals/views";

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
