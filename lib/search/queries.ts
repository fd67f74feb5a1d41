import { within } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { Prisma } from "@/lib/db/generated/client";
import { searchSql } from "@/lib/db/search-sql";
import { isId } from "@/lib/kernel/ids";
import { listPeople } from "@/lib/people/list-queries";
import { policyListSchema } from "@/lib/policies/list-params";
import { listPolicies } from "@/lib/policies/list-queries";

/** One record that a search found; `section` is the console's section that shows it. */
interface SearchHit {
  id: string;
  section: "agents" | "inbox" | "runs" | "people" | "policies";
  label: string;
  detail: string;
  href: string;
}

const PER_SECTION = 5;
/** Runs are looked through from the newest on, so far and no further: a search while typing must stay quick. */
const RECENT_RUNS = 2_000;

/** Agents, waiting approvals, recent runs, people and policies whose names say what is asked, or that have the id, within the viewer's sight. */
export async function searchRecords(viewer: Viewer, text: string): Promise<SearchHit[]> {
  const found = await Promise.all([
    agents(viewer, text),
    approvals(viewer, text),
    runs(viewer, text),
    people(viewer, text),
    policies(viewer, text),
  ]);
  return found.flat();
}

async function agents({ db, access }: Viewer, text: string): Promise<SearchHit[]> {
  const rows = await db.$queryRaw<{ id: string; slug: string; name: string; team: string }[]>`
    SELECT agent.id, node.slug, node.name, coalesce(parent.name, '') AS team
    FROM agent JOIN node ON node.id = agent.id LEFT JOIN node parent ON parent.id = node.parent_id
    WHERE ${withinSql(access, "chart.read", "agent.id")}
      AND ${searchSql(text, [Prisma.sql`node.name`, Prisma.sql`node.slug`, Prisma.sql`agent.id::text`])}
    ORDER BY agent.status = 'retired', node.name LIMIT ${PER_SECTION}`;
  return rows.map((row) => ({
    id: row.id,
    section: "agents",
    label: row.name,
    detail: row.team,
    href: `/agents/${row.slug}`,
  }));
}

async function approvals({ db, access }: Viewer, text: string): Promise<SearchHit[]> {
  const rows = await db.$queryRaw<{ id: string; action: string; agent: string }[]>`
    SELECT approval.id, coalesce(action.title, approval.action) AS action, node.name AS agent
    FROM approval JOIN node ON node.id = approval.agent_id LEFT JOIN action ON action.id = approval.action
    WHERE ${withinSql(access, "approval.read", "approval.agent_id")} AND (approval.state = 'pending' OR approval.id = ${idOrNull(text)}::uuid)
      AND ${searchSql(text, [Prisma.sql`approval.action`, Prisma.sql`action.title`, Prisma.sql`node.name`, Prisma.sql`approval.id::text`])}
    ORDER BY approval.deadline LIMIT ${PER_SECTION}`;
  return rows.map((row) => ({
    id: row.id,
    section: "inbox",
    label: row.action,
    detail: row.agent,
    href: `/approvals/${row.id}`,
  }));
}

async function runs({ db, access }: Viewer, text: string): Promise<SearchHit[]> {
  const id = idOrNull(text);
  if (id) {
    const run = await db.run.findFirst({
      where: { id, ...within(access, "run.read", "agentId") },
      select: { id: true, status: true, agent: { select: { node: { select: { name: true } } } } },
    });
    return run ? [hitOf({ id: run.id, status: run.status, agent: run.agent.node.name, reference: null })] : [];
  }
  const rows = await db.$queryRaw<{ id: string; status: string; agent: string; reference: string | null }[]>`
    SELECT recent.id, recent.status::text AS status, node.name AS agent, recent.trigger->>'reference' AS reference
    FROM (
      SELECT id, agent_id, status, trigger, instruction, started_at FROM run
      WHERE ${withinSql(access, "run.read", "agent_id")} ORDER BY started_at DESC LIMIT ${RECENT_RUNS}
    ) recent JOIN node ON node.id = recent.agent_id
    WHERE ${searchSql(text, [Prisma.sql`recent.trigger->>'reference'`, Prisma.sql`recent.instruction`, Prisma.sql`recent.id::text`])}
    ORDER BY recent.started_at DESC LIMIT ${PER_SECTION}`;
  return rows.map(hitOf);
}

const hitOf = (run: { id: string; status: string; agent: string; reference: string | null }): SearchHit => ({
  id: run.id,
  section: "runs",
  label: run.reference === null ? run.agent : `${run.agent}: ${run.reference}`,
  detail: `${run.status} · …${run.id.slice(-8)}`,
  href: `/runs/${run.id}`,
});

async function people(viewer: Viewer, text: string): Promise<SearchHit[]> {
  const { rows } = await listPeople(viewer, { q: text, size: PER_SECTION });
  return rows.map((row) => ({
    id: row.id,
    section: "people",
    label: row.name,
    detail: row.email,
    href: `/people/${row.id}`,
  }));
}

async function policies(viewer: Viewer, text: string): Promise<SearchHit[]> {
  const { rows } = await listPolicies(viewer, policyListSchema.parse({ q: text.slice(0, 200), pageSize: PER_SECTION }));
  return rows.map((row) => ({
    id: row.id,
    section: "policies",
    label: row.name,
    detail:
      row.version === null ? "draft" : `${row.rules === 1 ? "1 rule" : `${row.rules} rules`} · version ${row.version}`,
    href: `/policies/${row.id}`,
  }));
}

const idOrNull = (text: string): string | null => (isId(text.trim().toLowerCase()) ? text.trim().toLowerCase() : null);
