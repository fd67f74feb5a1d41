import { Client, DatabaseError, escapeIdentifier } from "pg";

/** Creates the database that the address names, unless it is there. */
export async function ensureDatabase(ownerUrl: string): Promise<void> {
  const address = new URL(ownerUrl);
  const name = address.pathname.slice(1);
  address.pathname = "/postgres";
  const client = new Client({ connectionString: address.href });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
  } catch (cause) {
    const isDuplicate = cause instanceof DatabaseError && cause.code === "42P04";
    if (!isDuplicate) throw cause;
  } finally {
    await client.end();
  }
}
