import type { Viewer } from "@/lib/auth/viewer";
import { Prisma } from "@/lib/db/generated/client";
import { branchesFor, type Branch } from "@/lib/inbox/branches";
import { DEFAULT_VIEW, type InboxFilter, type View } from "@/lib/inbox/filter";
import { filterSql } from "@/lib/inbox/where";

/** How many items each view holds; a view with a search is not counted (null): that would look into every request. */
export type ViewCounts = Record<string, number | null>;

/** The numbers behind the views, in one pass over what waits. */
export async function countViews(viewer: Viewer, views: readonly View[]): Promise<ViewCounts> {
  const now = viewer.clock.now();
  const counted = views.filter((view) => view.filter.search === "");
  const branches = branchesFor(viewer, []);
  const none = Object.fromEntries(views.map(({ id, filter }) => [id, filter.search === "" ? 0 : null]));
  if (branches.length === 0 || counted.length === 0) return none;
  const sums = counted.map((_view, at) => Prisma.sql`coalesce(sum(${name(at)}), 0)::int AS ${name(at)}`);
  const parts = branches.map((branch) => perBranch(branch, counted, now));
  const [row] = await viewer.db.$queryRaw<Record<string, number>[]>`
    SELECT ${Prisma.join(sums)} FROM (${Prisma.join(parts, " UNION ALL ")}) AS counted`;
  return { ...none, ...Object.fromEntries(counted.map(({ id }, at) => [id, row?.[`v${at}`] ?? 0])) };
}

/** How many items wait for the viewer: the number in the shell and in the tab's title. */
export async function countMine(viewer: Viewer): Promise<number> {
  const counts = await countViews(viewer, [DEFAULT_VIEW]);
  return counts[DEFAULT_VIEW.id] ?? 0;
}

function perBranch(branch: Branch, views: readonly { filter: InboxFilter }[], now: Date): Prisma.Sql {
  // Most views ask whether it is the person's own, and that costs most: told once for each row, which OFFSET 0 keeps so.
  const own = { ...branch, mine: Prisma.sql`own.mine` };
  const counts = views.map(
    ({ filter }, at) => Prisma.sql`count(*) FILTER (WHERE ${filterSql(own, filter, now)}) AS ${name(at)}`,
  );
  return Prisma.sql`SELECT ${Prisma.join(counts)} FROM ${branch.from}
    CROSS JOIN LATERAL (SELECT ${branch.mine} AS mine OFFSET 0) AS own WHERE ${branch.waits}`;
}

const name = (at: number): Prisma.Sql => Prisma.raw(`v${at}`);
