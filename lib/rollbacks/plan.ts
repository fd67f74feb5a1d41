import { compileArgsSchema } from "@/lib/catalogue/arguments";
import { readJson } from "@/lib/catalogue/facts";
import type { Tx } from "@/lib/db/client";
import { actionTitle } from "@/lib/decisions/words";
import type { Json, JsonObject } from "@/lib/kernel/json";
import type { RollbackVia } from "@/lib/reviews/views";
import { argumentsOf, deriveArguments, mappingFault, mappingInForce } from "@/lib/rollbacks/mapping-fault";

/** What would be done to undo an action: shown to the reviewer before they confirm, and done as shown. */
export interface RollbackPlan {
  action: string;
  title: string;
  system: { id: string; name: string };
  args: JsonObject;
  via: RollbackVia;
  /** Where the system takes it, as people are shown the address. */
  receiver: string | null;
}

/** Not ok: it cannot be undone through Remit, and why. */
export type Planned = { ok: true; plan: RollbackPlan } | { ok: false; message: string };

/** The result that the agent reported for a decided call; null when it reported none. */
export interface Reported {
  ok: boolean;
  result: Json | undefined;
  error: Json | undefined;
  at: Date;
}

interface Row {
  action: string;
  args: JsonObject;
  resource: Json;
  at: Date;
  original: Json;
  mapping: Json;
  rollback: string | null;
  title: string | null;
  schema: Json;
  retired: boolean;
  systemId: string | null;
  systemName: string | null;
  receiver: string | null;
  agentName: string;
  reachable: boolean;
}

type Reader = Pick<Tx, "$queryRaw">;

/** What rolling back this decision's action would do now, by the catalogue and what the agent reported. */
export async function planRollback(tx: Reader, decision: { id: string; runId: string }): Promise<Planned> {
  const [rows, reported] = await Promise.all([readRow(tx, decision.id), reportedResult(tx, decision)]);
  const [row] = rows;
  if (!row?.rollback) return no("The catalogue names no action that undoes it.");
  if (row.systemId === null) return no(`${row.rollback}, which undoes it, is not in the catalogue.`);
  const title = actionTitle(row.rollback, row.title);
  if (row.retired) return no(`${title}, which undoes it, is retired.`);
  if (row.receiver === null && !row.reachable)
    return no(`Nobody can carry it out: ${row.systemName} has no receiver, and ${row.agentName} no credential.`);
  const [from, to] = [argumentsOf(row.original), argumentsOf(row.schema)];
  const mapping = mappingInForce(row.mapping, from, to);
  const fault = mappingFault(mapping, from, to);
  if (fault !== null) return no(`Its arguments cannot be derived: ${fault}.`);
  const derived = deriveArguments(mapping, to, {
    args: row.args,
    result: reported?.ok ? readJson(reported.result ?? null) : undefined,
    resource: row.resource,
    decision: { id: decision.id, action: row.action, at: row.at.toISOString() },
    run: { id: decision.runId },
  });
  if (!derived.ok) return no(`Its arguments cannot be derived: ${derived.message}`);
  const compiled = compileArgsSchema(row.schema);
  const misfit = compiled.ok ? compiled.check(derived.args) : { path: "", message: compiled.message };
  if (misfit) return no(`Its arguments do not fit ${row.rollback}: ${misfit.path} ${misfit.message}.`);
  return {
    ok: true,
    plan: {
      action: row.rollback,
      title,
      system: { id: row.systemId, name: row.systemName ?? row.systemId },
      args: derived.args,
      via: row.receiver === null ? "task" : "webhook",
      receiver: row.receiver,
    },
  };
}

const no = (message: string): Planned => ({ ok: false, message });

const readRow = (tx: Reader, decisionId: string): Promise<Row[]> => tx.$queryRaw<Row[]>`
  SELECT d.action, d.args, d.resource, d.at, a.args AS original, a.rollback_args AS mapping, a.rollback, t.title, t.args AS schema,
    t.retired_at IS NOT NULL AS retired, t.system_id AS "systemId", s.name AS "systemName", r.shown_url AS receiver, n.name AS "agentName",
    EXISTS (SELECT 1 FROM credential c WHERE c.agent_id = d.agent_id AND c.revoked_at IS NULL) AS reachable
  FROM decision d JOIN node n ON n.id = d.agent_id LEFT JOIN action a ON a.id = d.action LEFT JOIN action t ON t.id = a.rollback
    LEFT JOIN system s ON s.id = t.system_id LEFT JOIN system_receiver r ON r.system_id = s.id
  WHERE d.id = ${decisionId}::uuid`;

/** What the agent said came of a decided call: the last report that it worked, else the last one. */
export async function reportedResult(tx: Reader, decision: { id: string; runId: string }): Promise<Reported | null> {
  const rows = await tx.$queryRaw<{ payload: JsonObject; at: Date }[]>`
    SELECT e.payload, e.at FROM run r JOIN event e ON e.run_day = (r.started_at AT TIME ZONE 'UTC')::date AND e.run_id = r.id
    WHERE r.id = ${decision.runId}::uuid AND e.kind = 'tool' AND e.decision_id = ${decision.id}::uuid ORDER BY e.at DESC, e.id DESC LIMIT 20`;
  const row = rows.find(({ payload }) => payload.ok === true) ?? rows[0];
  return row ? { ok: row.payload.ok === true, result: row.payload.result, error: row.payload.error, at: row.at } : null;
}
