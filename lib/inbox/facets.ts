import type { Viewer } from "@/lib/auth/viewer";
import { actionTitle } from "@/lib/decisions/words";
import { Prisma } from "@/lib/db/generated/client";
import { branchesFor } from "@/lib/inbox/branches";
import type { InboxFilter } from "@/lib/inbox/filter";
import { filterSql } from "@/lib/inbox/where";

export interface InboxFacet {
  value: string;
  label: string;
  count: number;
}

export interface InboxFacets {
  kind: InboxFacet[];
  risk: InboxFacet[];
  agent: InboxFacet[];
  action: InboxFacet[];
  system: InboxFacet[];
  assignee: InboxFacet[];
}

interface Counted {
  kind: string | null;
  risk: string | null;
  slug: string | null;
  name: string | null;
  action: string | null;
  title: string | null;
  system: string | null;
  systemName: string | null;
  assigneeId: string | null;
  assigneeName: string | null;
  grouped: number;
  count: number;
}

/** The choices of the filters of a view, each with how many of its items have it, most first, at most 200 in all. Agents of items that name one. */
export async function inboxFacets(viewer: Viewer, filter: InboxFilter): Promise<InboxFacets> {
  const now = viewer.clock.now();
  const parts = branchesFor(viewer, filter.kind).map((branch) => {
    const joins = filter.search === "" ? Prisma.empty : branch.searchJoins;
    return Prisma.sql`SELECT ${branch.kind}::text AS kind, ${branch.risk} AS risk, ${branch.agentId} AS agent_id,
      ${branch.action} AS action, ${branch.assigneeId} AS assignee_id
      FROM ${branch.from} ${joins} WHERE ${branch.waits} AND ${filterSql(branch, filter, now)}`;
  });
  if (parts.length === 0) return { kind: [], risk: [], agent: [], action: [], system: [], assignee: [] };
  const rows = await viewer.db.$queryRaw<Counted[]>`
    SELECT w.kind, w.risk::text AS risk, node.slug, node.name, w.action, act.title, sys.id AS system, sys.name AS "systemName",
      person.id AS "assigneeId", person.name AS "assigneeName",
      grouping(w.kind, w.risk, node.slug, w.action, sys.id, person.id)::int AS grouped, count(*)::int AS count
    FROM (${Prisma.join(parts, " UNION ALL ")}) AS w
      LEFT JOIN node ON node.id = w.agent_id LEFT JOIN action act ON act.id = w.action
      LEFT JOIN system sys ON sys.id = split_part(w.action, '.', 1) LEFT JOIN person ON person.id = w.assignee_id
    GROUP BY GROUPING SETS ((w.kind), (w.risk), (node.slug, node.name), (w.action, act.title), (sys.id, sys.name), (person.id, person.name))
    ORDER BY count DESC LIMIT 200`;
  const of = (bit: number, read: (row: Counted) => [string | null, string | null]): InboxFacet[] =>
    rows.flatMap((row) => {
      if ((row.grouped & (1 << bit)) !== 0) return [];
      const [value, label] = read(row);
      return value === null ? [] : [{ value, label: label ?? value, count: row.count }];
    });
  return {
    kind: of(5, (row) => [row.kind, row.kind]),
    risk: of(4, (row) => [row.risk, row.risk]),
    agent: of(3, (row) => [row.slug, row.name]),
    action: of(2, (row) => [row.action, row.action === null ? null : actionTitle(row.action, row.title)]),
    system: of(1, (row) => [row.system, row.systemName]),
    assignee: of(0, (row) => [row.assigneeId ?? "none", row.assigneeName ?? "Nobody"]),
  };
}
