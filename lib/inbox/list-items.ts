import type { Viewer } from "@/lib/auth/viewer";
import { Prisma } from "@/lib/db/generated/client";
import { branchesFor, type Branch } from "@/lib/inbox/branches";
import type { InboxFilter } from "@/lib/inbox/filter";
import { compareItems, parseItemKey, type Item, type ItemKind, type Place } from "@/lib/inbox/item";
import { itemFor } from "@/lib/inbox/item-for";
import { readRows, type Wanted } from "@/lib/inbox/read-rows";
import { filterSql } from "@/lib/inbox/where";
import { isId } from "@/lib/kernel/ids";

/** Most that one page holds. */
const PAGE_MAX = 200;

export interface ItemPage {
  items: Item[];
  /** The place after which the next page begins; null at the end. */
  next: Place | null;
}

/**
 * One page of what waits within the viewer's sight, in the inbox's order, beginning after a place. A keyset over all kinds: each branch
 * is read from its place on and no further than a page, so that the last page costs what the first does.
 */
export async function listItems(
  viewer: Viewer,
  filter: InboxFilter,
  { after = null, limit = PAGE_MAX }: { after?: Place | null; limit?: number } = {},
): Promise<ItemPage> {
  const now = viewer.clock.now();
  const take = Math.min(PAGE_MAX, Math.max(1, limit));
  const sql = pageKeysSql(viewer, filter, after, take + 1);
  if (sql === null) return { items: [], next: null };
  const keys = await viewer.db.$queryRaw<{ kind: ItemKind; id: string }[]>(sql);
  const rows = await readRows(viewer.db, byKind(keys.slice(0, take)));
  const items = rows.flatMap((row) => itemFor(row, viewer.access, now) ?? []).toSorted(compareItems);
  const last = items.at(-1);
  return { items, next: keys.length > take && last ? placeOf(last) : null };
}

/** The statement that finds a page's keys; null for who sees no kind at all. Its plan is held in plans.test.ts. */
export function pageKeysSql(
  viewer: Viewer,
  filter: InboxFilter,
  after: Place | null,
  limit: number,
): Prisma.Sql | null {
  const now = viewer.clock.now();
  const parts = branchesFor(viewer, filter.kind).map((branch) => pageOf(branch, filter, after, limit, now));
  if (parts.length === 0) return null;
  return Prisma.sql`
    SELECT kind, id FROM (${Prisma.join(parts, " UNION ALL ")}) AS waiting
    ORDER BY risk DESC, deadline, since, kind COLLATE "C", id COLLATE "C" LIMIT ${limit}`;
}

/** Where an item stands. */
const placeOf = ({ risk, deadline, since, kind, id }: Place): Place => ({ risk, deadline, since, kind, id });

/** These items as the viewer's lines; those that do not wait, or are out of sight (invariant I12), are left out. */
export async function itemsOf(viewer: Viewer, keys: readonly string[]): Promise<Item[]> {
  const named = keys.flatMap((key) => parseItemKey(key) ?? []).filter(({ kind, id }) => kind === "action" || isId(id));
  const rows = await readRows(viewer.db, byKind(named));
  const now = viewer.clock.now();
  return rows.flatMap((row) => itemFor(row, viewer.access, now) ?? []).toSorted(compareItems);
}

function byKind(keys: readonly { kind: ItemKind; id: string }[]): Wanted {
  const wanted: Partial<Record<ItemKind, string[]>> = {};
  for (const { kind, id } of keys) (wanted[kind] ??= []).push(id);
  return wanted;
}

function pageOf(branch: Branch, filter: InboxFilter, after: Place | null, limit: number, now: Date): Prisma.Sql {
  const { kind, from, id, risk, deadline, since } = branch;
  const joins = filter.search === "" ? Prisma.empty : branch.searchJoins;
  const start = after === null ? Prisma.empty : Prisma.sql` AND ${afterPlace(branch, after)}`;
  return Prisma.sql`(SELECT ${kind}::text AS kind, ${id}::text AS id, ${risk} AS risk, ${deadline} AS deadline, ${since} AS since
    FROM ${from} ${joins} WHERE ${branch.waits} AND ${filterSql(branch, filter, now)}${start}
    ORDER BY ${risk} DESC, ${deadline}, ${since}, ${id} LIMIT ${limit})`;
}

/** Beyond a place in the inbox's order. Kinds that stand before its kind begin beyond its time, those after it at it. */
function afterPlace({ kind, id, risk, deadline, since }: Branch, after: Place): Prisma.Sql {
  const atRisk = Prisma.sql`${after.risk}::impact`;
  const due =
    after.deadline === null ? Prisma.sql`'infinity'::timestamptz` : Prisma.sql`${after.deadline}::timestamptz`;
  const begun = Prisma.sql`${after.since}::timestamptz`;
  const later =
    kind === after.kind
      ? Prisma.sql`(${deadline}, ${since}, ${id}) > (${due}, ${begun}, ${idOf(kind, after.id)})`
      : Prisma.sql`(${deadline}, ${since}) ${kind > after.kind ? Prisma.sql`>=` : Prisma.sql`>`} (${due}, ${begun})`;
  return Prisma.sql`${risk} <= ${atRisk} AND (${risk} < ${atRisk} OR ${later})`;
}

const idOf = (kind: ItemKind, id: string): Prisma.Sql =>
  kind === "action" ? Prisma.sql`${id}::text` : Prisma.sql`${id}::uuid`;
