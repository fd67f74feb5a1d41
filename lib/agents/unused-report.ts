import { z } from "zod";

import { unusedRows } from "@/lib/agents/unused-grants";
import { command } from "@/lib/audit/command";
import type { CommandContext } from "@/lib/audit/change";
import { authorise } from "@/lib/auth/authorise";
import type { Viewer } from "@/lib/auth/viewer";
import { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/kernel/ids";
import { fail, ok } from "@/lib/kernel/result";

const KIND = "unused_grants";
/** More than these are counted, not named. */
const LISTED = 5_000;

const entry = z.object({
  grantId: z.string(),
  agentId: z.string(),
  agent: z.string(),
  slug: z.string(),
  pattern: z.string(),
  lastUsedAt: z.string().nullable(),
});
const body = z.object({ unused: z.array(entry), live: z.number(), more: z.number() });

const writeInput = z.strictObject({ period: z.iso.date() });

/** Writes down which grants nobody used, once a month. Errors: `conflict` when this month's report is there. */
const writeReport = command(writeInput, {}, async (step, { period }) => {
  const allowed = authorise(step, "organisation.write", null);
  if (!allowed.ok) return allowed;
  const month = new Date(period);
  const held = await step.tx.report.count({ where: { kind: KIND, period: month } });
  if (held > 0) return fail("conflict", "This month's report has been written.");
  const rows = await unusedRows(step.tx, step.now, Prisma.sql`TRUE`, LISTED + 1);
  const [counted] = await step.tx.$queryRaw<{ live: number }[]>`
    SELECT count(*)::int AS live FROM "grant" held JOIN agent ON agent.id = held.agent_id
    WHERE held.revoked_at IS NULL AND (held.expires_at IS NULL OR held.expires_at > ${step.now}) AND agent.status <> 'retired'`;
  const unused = rows.slice(0, LISTED).map((row) => ({
    grantId: row.id,
    agentId: row.agentId,
    agent: row.name,
    slug: row.slug,
    pattern: row.pattern,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }));
  const id = step.newId();
  await step.tx.report.create({
    data: {
      id,
      kind: KIND,
      period: month,
      body: { unused, live: counted?.live ?? 0, more: rows.length - unused.length },
      createdAt: step.now,
    },
  });
  step.audit({
    action: "report.write",
    subjectKind: "report",
    subjectId: id,
    nodeId: null,
    detail: { kind: KIND, period, unused: rows.length },
  });
  step.notify("agents");
  return ok({ id });
});

/** Writes this month's report (UTC) if nobody has. Safe to run twice. */
export async function writeMonthlyReport(context: CommandContext): Promise<boolean> {
  const period = `${context.clock.now().toISOString().slice(0, 7)}-01`;
  if ((await context.db.report.count({ where: { kind: KIND, period: new Date(period) } })) > 0) return false;
  return (await writeReport(context, { period })).ok;
}

interface ReportRow {
  id: string;
  period: Date;
  createdAt: Date;
  /** Of agents in sight. */
  unused: number;
  /** Of these, taken back since. */
  removed: number;
}

export interface ReportDetail extends ReportRow {
  entries: {
    grantId: string;
    agent: string;
    slug: string;
    pattern: string;
    lastUsedAt: string | null;
    state: "live" | "used" | "removed";
  }[];
}

/** The monthly reports, newest first, at most 36, each cut to the agents in sight (invariant I12). */
export async function listReports(viewer: Viewer): Promise<ReportRow[]> {
  if (!viewer.access.canAnywhere("chart.read")) return [];
  const rows = await viewer.db.report.findMany({ where: { kind: KIND }, orderBy: { period: "desc" }, take: 36 });
  const seen = rows.map((row) => ({ ...row, entries: entriesInSight(viewer, row.body) }));
  const states = await statesOf(
    viewer,
    seen.flatMap((row) => row.entries.map((one) => one.grantId)),
  );
  return seen.map(({ id, period, createdAt, entries }) => ({
    id,
    period,
    createdAt,
    unused: entries.length,
    removed: entries.filter((one) => states.get(one.grantId)?.revokedAt != null).length,
  }));
}

/** One report with what became of each grant since; null when there is none of this id. */
export async function getReport(viewer: Viewer, id: string): Promise<ReportDetail | null> {
  if (!isId(id) || !viewer.access.canAnywhere("chart.read")) return null;
  const row = await viewer.db.report.findUnique({ where: { id } });
  if (!row || row.kind !== KIND) return null;
  const found = entriesInSight(viewer, row.body);
  const states = await statesOf(
    viewer,
    found.map((one) => one.grantId),
  );
  const entries = found.map(({ agentId: _agentId, ...one }) => {
    const now = states.get(one.grantId);
    const used = now?.lastUsedAt != null && now.lastUsedAt > row.createdAt;
    const state = now?.revokedAt != null ? ("removed" as const) : used ? ("used" as const) : ("live" as const);
    return { ...one, state };
  });
  const removed = entries.filter((one) => one.state === "removed").length;
  return { id, period: row.period, createdAt: row.createdAt, unused: entries.length, removed, entries };
}

function entriesInSight(viewer: Viewer, stored: unknown): z.infer<typeof entry>[] {
  const parsed = body.safeParse(stored);
  return parsed.success ? parsed.data.unused.filter((one) => viewer.access.can("chart.read", one.agentId)) : [];
}

async function statesOf(
  viewer: Viewer,
  ids: readonly string[],
): Promise<Map<string, { revokedAt: Date | null; lastUsedAt: Date | null }>> {
  if (ids.length === 0) return new Map();
  const rows = await viewer.db.$queryRaw<{ id: string; revokedAt: Date | null; lastUsedAt: Date | null }[]>`
    SELECT id, revoked_at AS "revokedAt", last_used_at AS "lastUsedAt" FROM "grant" WHERE id = ANY(${[...new Set(ids)]}::uuid[])`;
  return new Map(rows.map(({ id, ...state }) => [id, state]));
}
