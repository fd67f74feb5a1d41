import type { Access } from "@/lib/auth/access";
import type { Permission } from "@/lib/auth/permissions";
import { Prisma } from "@/lib/db/generated/client";

/** `within` for raw SQL: a condition on a column that holds a node's (or agent's) id. The column is the caller's own text, never input. */
export function withinSql(access: Access, permission: Permission, column: string): Prisma.Sql {
  const reach = access.nodes(permission);
  return reach === "all" ? Prisma.sql`TRUE` : Prisma.sql`${Prisma.raw(column)} = ANY(${[...reach]}::uuid[])`;
}
