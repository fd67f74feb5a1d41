import { PrismaPg } from "@prisma/adapter-pg";
import type { Pool } from "pg";

import { PrismaClient, type Prisma } from "@/lib/db/generated/client";
import { inTurn } from "@/lib/db/in-turn";

export type Db = PrismaClient;
/** What a command's transaction hands to its body (see lib/audit/change.ts). */
export type Tx = Prisma.TransactionClient;

/** A client on a pool that the caller made (lib/db/connect.ts) and ends. */
export function createDb(pool: Pool): Db {
  return new PrismaClient({ adapter: inTurn(new PrismaPg(pool)) });
}
