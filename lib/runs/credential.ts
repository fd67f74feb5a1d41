import type { Pool } from "pg";

import { fail, ok, type Result } from "@/lib/kernel/result";

interface KnownCredential {
  name: string;
  prefix: string;
  expiresAt: Date | null;
  agent: { id: string; slug: string; name: string; status: string; tier: string; version: number };
}

interface Row {
  name: string;
  prefix: string;
  expires_at: Date | null;
  revoked_at: Date | null;
  agent: KnownCredential["agent"];
}

/** Whose credential this is. Errors: `token_invalid`, `credential_revoked`, `token_expired`. */
export async function credentialOf(pool: Pool, secretHash: Buffer, now: Date): Promise<Result<KnownCredential>> {
  const { rows } = await pool.query<Row>({
    name: "credential_by_hash",
    text: `SELECT c.name, c.prefix, c.expires_at, c.revoked_at, json_build_object('id', a.id, 'slug', n.slug, 'name', n.name,
        'status', a.status, 'tier', a.tier, 'version', a.version) AS agent
      FROM credential c JOIN agent a ON a.id = c.agent_id JOIN node n ON n.id = a.id WHERE c.secret_hash = $1`,
    values: [secretHash],
  });
  const row = rows[0];
  if (!row) return fail("token_invalid", "This credential is not known.");
  if (row.revoked_at) return fail("credential_revoked", "This credential was revoked.");
  if (row.expires_at && row.expires_at <= now) return fail("token_expired", "This credential has expired.");
  return ok({ name: row.name, prefix: row.prefix, expiresAt: row.expires_at, agent: row.agent });
}
