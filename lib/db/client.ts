import { PrismaPg } from "@prisma/adapter-pg";
import type { Pool } from "pg";
import { PrismaClient, type Prisma } from "@/lib/db/generated/client";

/** The Prisma client of one role on one database. */
export type Db = PrismaClient;
/** The client inside a transaction. */
export type Tx = Prisma.TransactionClient;

/** A Prisma client over a pool that the caller owns and ends. */
export const createDb = (pool: Pool): Db => new PrismaClient({ adapter: new PrismaPg(pool) });
