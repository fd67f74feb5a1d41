import { Prisma } from "@/lib/db/generated/client";
import { likeLiteral } from "@/lib/kernel/like";

const MOST_WORDS = 6;

/**
 * Every word of a search must be found, without regard to case, in one of the columns (text expressions, code and never input).
 * An empty search is TRUE; NUL, which PostgreSQL refuses in text, is dropped.
 */
export function searchSql(search: string, columns: readonly Prisma.Sql[]): Prisma.Sql {
  const words = search.replaceAll("\0", "").trim().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
  if (words.length === 0) return Prisma.sql`TRUE`;
  const conditions = words.map((word) => {
    const pattern = `%${likeLiteral(word)}%`;
    return Prisma.sql`(${Prisma.join(
      columns.map((column) => Prisma.sql`${column} ILIKE ${pattern}`),
      " OR ",
    )})`;
  });
  return Prisma.join(conditions, " AND ");
}
