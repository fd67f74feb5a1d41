import { escapeIdentifier, escapeLiteral, type Client } from "pg";

import { RUNTIME } from "@/lib/db/embedded";

/**
 * Lets processes run as the runtime role: by a password of its own (embedded), else by the owner taking the role.
 * From PostgreSQL 16 on, making a role does not include the right to take it.
 */
export async function allowRuntimeRole(client: Client, password: string | undefined): Promise<void> {
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
  await client.query(`GRANT ${escapeIdentifier(RUNTIME)} TO CURRENT_USER ${modern ? "WITH SET TRUE" : ""}`);
}
