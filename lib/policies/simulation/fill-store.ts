import type { Queries } from "@/lib/db/queries";
import { argsHash, type JsonObject } from "@/lib/kernel/json";

/** Decisions that are put into a store without a gate: for measurements and for tests of what reads them. */
interface Filling {
  agentIds: readonly string[];
  decisions: number;
  /** Of one run, one after the other. */
  perRun: number;
  from: Date;
  to: Date;
  configVersion: bigint;
  /** What the nth decision asked, and what it was answered. */
  asked(index: number): { action: string; args: JsonObject; effect: "allow" | "deny" | "escalate"; code: string };
  /** A fact of the nth run, known from its beginning. */
  fact?(run: number): { action: string; key: string; value: JsonObject };
}

const BATCH = 2_000;
const CHECKS = JSON.stringify([
  { check: "policy", outcome: "pass", code: "allowed", message: "No rule speaks against this.", saw: {} },
]);

/** Runs and their decisions, spread evenly over the time. Ids are UUIDs whose order is that of time, as everywhere. */
export async function fillStore(queries: Queries, filling: Filling): Promise<void> {
  const { agentIds, decisions, perRun, from, to } = filling;
  const versions = await queries.query<{ agent: string; version: string }>(
    `SELECT agent_id::text AS agent, max(id::text) AS version FROM agent_version WHERE agent_id = ANY($1::uuid[]) GROUP BY agent_id`,
    [agentIds],
  );
  const versionOf = new Map(versions.rows.map((row) => [row.agent, row.version]));
  const runs = Math.ceil(decisions / perRun);
  const stepMs = (to.getTime() - from.getTime()) / decisions;
  const timeOf = (index: number): Date => new Date(from.getTime() + index * stepMs);
  const runOf = (run: number): { id: string; agent: string; at: Date } => ({
    id: idAt(timeOf(run * perRun), run),
    agent: agentIds[run % agentIds.length] ?? "",
    at: timeOf(run * perRun),
  });
  for (let first = 0; first < runs; first += BATCH) {
    const batch = range(first, Math.min(first + BATCH, runs)).map((run) => ({ ...runOf(run), number: run }));
    await queries.query(
      `INSERT INTO run (id, agent_id, agent_version_id, token_hash, token_expires_at, trigger, started_at, lease_until, status, ended_at)
        SELECT id, agent, version, sha256(id::text::bytea), at + interval '1 day', '{"kind":"schedule"}', at, at, 'succeeded', at
          FROM json_to_recordset($1::json) AS r(id uuid, agent uuid, version uuid, at timestamptz)`,
      [JSON.stringify(batch.map((run) => ({ ...run, version: versionOf.get(run.agent) })))],
    );
    const { fact } = filling;
    if (!fact) continue;
    await queries.query(
      `INSERT INTO run_fact (run_id, action, key, value, event_id, at)
        SELECT id, action, key, value, 'e', at FROM json_to_recordset($1::json) AS r(id uuid, action text, key text, value json, at timestamptz)`,
      [JSON.stringify(batch.map((run) => ({ ...run, ...fact(run.number) })))],
    );
  }
  for (let first = 0; first < decisions; first += BATCH) {
    const batch = range(first, Math.min(first + BATCH, decisions)).map((index) => {
      const { action, args, effect, code } = filling.asked(index);
      const run = runOf(Math.floor(index / perRun));
      const at = timeOf(index);
      const hash = argsHash(action, args).toString("hex");
      return { id: idAt(at, index), run: run.id, agent: run.agent, action, args, hash, effect, code, at };
    });
    await queries.query(
      `INSERT INTO decision (id, run_id, agent_id, action, args, args_hash, effect, code, message, checks, config_version, latency_us, at)
        SELECT id, run, agent, action, args, decode(hash, 'hex'), effect::effect, code, '', $2::json, $3::bigint, 100, at
          FROM json_to_recordset($1::json) AS d(id uuid, run uuid, agent uuid, action text, args json, hash text, effect text, code text, at timestamptz)`,
      [JSON.stringify(batch), CHECKS, filling.configVersion.toString()],
    );
  }
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

/** A UUIDv7 of this moment; the number stands where randomness would. */
function idAt(at: Date, number: number): string {
  const time = at.getTime().toString(16).padStart(12, "0");
  const tail = number.toString(16).padStart(18, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-8${tail.slice(3, 6)}-${tail.slice(6)}`;
}
