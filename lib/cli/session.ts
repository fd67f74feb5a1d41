import { userInfo } from "node:os";

import type { CommandContext } from "@/lib/audit/change";
import { CliError } from "@/lib/cli/terminal";
import { createDb } from "@/lib/db/client";
import { createPool } from "@/lib/db/connect";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import type { Result } from "@/lib/kernel/result";
import { env } from "@/lib/server/env";
import { openDatabase } from "@/lib/server/home";

/**
 * Runs a command as the operator at the machine, on the database that runs, or on one started for as long as it takes.
 * What it does is recorded under the account's name.
 */
export async function withDatabase<T>(run: (context: CommandContext) => Promise<T>): Promise<T> {
  const database = await openDatabase(env());
  const pool = createPool(database.runtimeUrl, { applicationName: "remit cli", max: 4 });
  const db = createDb(pool);
  try {
    return await run({ db, actor: { kind: "cli", id: account() }, clock: systemClock, newId });
  } finally {
    await db.$disconnect();
    await pool.end();
    await database.close();
  }
}

/** The value, or the end of the command with the refusal's sentence. */
export function required<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { message, field } = result.error;
  throw new CliError(field === undefined ? message : `${field}: ${message}`);
}

function account(): string {
  try {
    return userInfo().username;
  } catch {
    return "unknown";
  }
}
