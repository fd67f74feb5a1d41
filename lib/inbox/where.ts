import { Prisma } from "@/lib/db/generated/client";
import { searchSql } from "@/lib/db/search-sql";
import type { Branch } from "@/lib/inbox/branches";
import { DUE_SOON_MS, type InboxFilter } from "@/lib/inbox/filter";
import { isId } from "@/lib/kernel/ids";

/** What of a branch a filter shows, beside {@link Branch.waits}. As `matches` of filter.ts tells it of one line. */
export function filterSql(branch: Branch, filter: InboxFilter, now: Date): Prisma.Sql {
  const parts = [snoozeSql(branch, filter.snoozed, now)];
  if (filter.mine) parts.push(branch.mine);
  if (filter.dueSoon) {
    parts.push(Prisma.sql`${branch.deadline} <= ${new Date(now.getTime() + DUE_SOON_MS)}::timestamptz`);
  }
  if (filter.kind.length > 0 && !filter.kind.includes(branch.kind)) parts.push(Prisma.sql`FALSE`);
  if (filter.risk.length > 0) parts.push(Prisma.sql`${branch.risk} = ANY(${[...filter.risk]}::impact[])`);
  if (filter.agent.length > 0) parts.push(branch.ofAgents(filter.agent));
  if (filter.action.length > 0) parts.push(Prisma.sql`${branch.action} = ANY(${[...filter.action]}::text[])`);
  if (filter.system.length > 0) {
    parts.push(Prisma.sql`split_part(${branch.action}, '.', 1) = ANY(${[...filter.system]}::text[])`);
  }
  if (filter.assignee.length > 0) parts.push(assigneeSql(branch, filter.assignee));
  if (filter.search !== "") parts.push(searchSql(filter.search, branch.searched));
  return Prisma.join(parts, " AND ");
}

function snoozeSql(branch: Branch, snoozed: boolean, now: Date): Prisma.Sql {
  const asleep = Prisma.sql`(${branch.snoozedUntil} > ${now}::timestamptz) IS TRUE`;
  return snoozed ? asleep : Prisma.sql`NOT (${asleep})`;
}

function assigneeSql(branch: Branch, assignees: readonly string[]): Prisma.Sql {
  const people = assignees.filter(isId);
  const nobody = assignees.includes("none") ? Prisma.sql`${branch.assigneeId} IS NULL` : Prisma.sql`FALSE`;
  return Prisma.sql`(${branch.assigneeId} = ANY(${people}::uuid[]) OR ${nobody})`;
}
