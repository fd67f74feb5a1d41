import { DatabaseError, escapeIdentifier, escapeLiteral, type Client } from "pg";

import { RUNTIME } from "@/lib/db/embedded";
import { StartError } from "@/lib/server/env";

/**
 * Lets processes run as the runtime role: by a password of its own (embedded), else by the owner taking the role.
 * From PostgreSQL 16 on, making a role does not include the right to take it.
 * @throws StartError where a backup was restored into a cluster without the role, and where the owner may not take it.
 */
export async function allowRuntimeRole(client: Client, password: string | undefined): Promise<void> {
  const found = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [RUNTIME]);
  if (found.rowCount === 0)
    // What was restored without it has lost what is granted to it: making it now would not bring that back.
    throw new StartError(
      `The database was restored where the role ${RUNTIME} does not exist: run CREATE ROLE ${RUNTIME} there and restore the backup again.`,
    );
  if (password !== undefined) {
    await client.query(`ALTER ROLE ${escapeIdentifier(RUNTIME)} LOGIN PASSWORD ${escapeLiteral(password)}`);
    return;
  }
  const version = await client.query<{ number: number }>("SELECT current_setting('server_version_num')::int AS number");
  const modern = (version.rows[0]?.number ?? 0) >= 160_000;
  const held = await client.query<{ held: boolean }>("SELECT pg_has_role(current_user, $1, $2) AS held", [
    RUNTIME,
    modern ? "SET" : "MEMBER",
  ]);
  if (held.rows[0]?.held) return;
  await client
    .query(`GRANT ${escapeIdentifier(RUNTIME)} TO CURRENT_USER ${modern ? "WITH SET TRUE" : ""}`)
    .catch((cause: unknown) => {
      if (!(cause instanceof DatabaseError && cause.code === "42501")) throw cause;
      throw new StartError(
        `The user of DATABASE_URL may not work as the role ${RUNTIME}: let an administrator run GRANT ${RUNTIME} TO that user.`,
      );
    });
}
