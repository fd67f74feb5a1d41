import type { Db } from "@/lib/db/client";

/**
 * So many approvals that wait, of one run: made in the store itself, since the gate would take a minute, of an
 * action that has to be in the catalogue. Every tenth is of high risk,
 * every third of medium; one in `rare` asks `asked`, the others
 * ask `others`. Besides, `ended` that wait no more.
 */
export async function makeWaiting(
  db: Pick<Db, "$executeRaw">,
  {
    count,
    ended,
    runId,
    agentId,
    asked,
    others,
    rare,
  }: {
    count: number;
    ended: number;
    runId: string;
    agentId: string;
    asked: readonly string[];
    others: readonly string[];
    rare: number;
  },
  now: Date,
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO decision (id, run_id, agent_id, action, args, args_hash, effect, code, message, checks, config_version, latency_us, at)
    SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, ${runId}::uuid, ${agentId}::uuid, 'crm.update_account',
      json_build_object('account_id', 'A-' || n, 'amount', n), decode(md5(n::text) || md5(n::text), 'hex'), 'escalate', 'irreversible',
      'A person decides.', '[]', 1, 100, ${now}::timestamptz - make_interval(secs => n / 10.0)
    FROM generate_series(1, ${count + ended}::int) AS n`;
  await db.$executeRaw`
    INSERT INTO approval (id, decision_id, run_id, agent_id, action, args, args_hash, state, code, risk, approver_ids, asked_ids, requested_at, deadline)
    SELECT ('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid, d.id, d.run_id, d.agent_id, d.action, d.args, d.args_hash,
      (CASE WHEN n > ${count}::int THEN 'cancelled' ELSE 'pending' END)::approval_state, 'irreversible', (CASE WHEN n % 10 = 0 THEN 'high' WHEN n % 3 = 0 THEN 'medium' ELSE 'low' END)::impact,
      who.ids, who.ids, d.at, ${now}::timestamptz + make_interval(mins => 30 + n % 600)
    FROM generate_series(1, ${count + ended}::int) AS n
      JOIN decision d ON d.id = ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid
      CROSS JOIN LATERAL (SELECT CASE WHEN n % ${rare}::int = 0 THEN ${[...asked]}::uuid[] ELSE ${[...others]}::uuid[] END AS ids) AS who`;
}
