import type { Asked } from "@/lib/gate/asked";
import type { Charge } from "@/lib/gate/batch-budgets";
import type { Plan, Planned, RunDelta } from "@/lib/gate/evaluate";
import { OID, PgWriter } from "@/lib/gate/pg-binary";

/** What a connection that commits makes ready: the statement, under its name. */
const COMMIT_NAME = "commit_batch";
export const PREPARE = `PREPARE ${COMMIT_NAME} AS SELECT commit_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;
const PARAMETERS = 12;

/** The ids that this database gave the types of the statement's rows. */
export interface CommitTypes {
  runChange: number;
  newDecision: number;
  envelopeCharge: number;
}
export const TYPES = `SELECT 'run_change'::regtype::oid::int AS "runChange", 'new_decision'::regtype::oid::int AS "newDecision",
  'envelope_charge'::regtype::oid::int AS "envelopeCharge"`;

/** Why `commit_batch` refused a batch: see the migration. Nothing was written. */
export const REFUSALS = {
  RM001: "configuration",
  RM002: "run",
  RM003: "approval",
  RM004: "stream",
  RM005: "envelope",
} as const;
export type Refusal = (typeof REFUSALS)[keyof typeof REFUSALS];

export const refusalOf = (sqlState: string | undefined): Refusal | null =>
  sqlState !== undefined && isRefusal(sqlState) ? REFUSALS[sqlState] : null;

const isRefusal = (sqlState: string): sqlState is keyof typeof REFUSALS => Object.hasOwn(REFUSALS, sqlState);

interface Arrived extends Asked {
  arrivedMs: number;
}

const BIND = 0x42;
const EXECUTE = 0x45;
const SYNC = 0x53;
const BINARY = 1;
/** One for all connections: a message is written in one go. */
const writer = new PgWriter();

/** The one statement that stores a batch, as the messages that run it: one round trip, one transaction. */
export function commitMessage(plan: Plan<Arrived>, types: CommitTypes): Buffer {
  const { planned, runs, now, head, charges } = plan;
  writer.restart();
  writer.byte(BIND);
  const bind = writer.begin();
  writer.cstring("");
  writer.cstring(COMMIT_NAME);
  writer.int16(1);
  writer.int16(BINARY);
  writer.int16(PARAMETERS);
  writer.text(head.stream);
  writer.bigint(head.seq);
  writer.bytes(head.hash);
  writer.time(now.getTime());
  writer.bigint(plan.version);
  writer.array(types.runChange, runs, writeRun);
  writeAliveAbove(runs);
  const monotonicMs = performance.now();
  writer.array(types.newDecision, planned, (one) => writeDecision(one, monotonicMs));
  writer.boolean(planned.some((one) => one.decision.redeems !== null));
  writer.text(approvalsJson(planned));
  if (charges.length === 0) writer.null();
  else writer.array(types.envelopeCharge, charges, writeCharge);
  writer.text(reservationsJson(planned));
  writer.int16(0);
  writer.end(bind, 4);
  writer.byte(EXECUTE);
  const execute = writer.begin();
  writer.cstring("");
  writer.int32(0);
  writer.end(execute, 4);
  writer.byte(SYNC);
  writer.int32(4);
  return writer.take();
}

function writeRun(run: RunDelta): void {
  const row = writer.begin();
  writer.int32(7);
  writer.int32(OID.uuid);
  writer.uuid(run.entry.id);
  for (const value of [run.revision, run.made, run.denied, run.escalated]) {
    writer.int32(OID.int4);
    writer.integer(value);
  }
  text(run.classesGrew ? arrayLiteral(run.state.dataClasses) : null);
  writer.int32(OID.int8);
  writer.bigint(BigInt(run.usage.rate.runTatUs));
  writer.end(row);
}

/** In the order of the type's columns. */
function writeCharge({ ownerId, period, startsAtMs, bounds, usd, tokens, calls }: Charge): void {
  const row = writer.begin();
  writer.int32(9);
  uuid(ownerId);
  text(period);
  writer.int32(OID.timestamptz);
  writer.time(startsAtMs);
  for (const bound of [bounds.usd, bounds.tokens, bounds.calls]) bigint(bound?.limit ?? null);
  for (const amount of [usd, tokens, calls]) bigint(amount);
  writer.end(row);
}

/** In the order of the type's columns. */
function writeDecision(one: Planned<Arrived>, monotonicMs: number): void {
  const { asked, decision, link } = one;
  const { request, entry } = asked;
  const row = writer.begin();
  writer.int32(22);
  uuid(one.id);
  uuid(entry.id);
  uuid(entry.state.agentId);
  text(request.action);
  json(asked.argsText);
  bytes(asked.argsHash);
  json(one.texts.resource);
  json(one.texts.evidence);
  json(one.texts.estimate);
  text(decision.effect);
  text(decision.code);
  text(decision.message);
  json(one.checksText);
  text(entry.state.mode);
  uuid(decision.redeems);
  writer.int32(OID.timestamptz);
  writer.time(decision.review?.deadline.getTime() ?? null);
  text(asked.key);
  bytes(asked.requestHash);
  writer.int32(OID.int4);
  writer.integer(Math.round((monotonicMs - asked.arrivedMs) * 1000));
  text(link.body);
  bytes(link.prev);
  bytes(link.hash);
  writer.end(row);
}

function uuid(value: string | null): void {
  writer.int32(OID.uuid);
  writer.uuid(value);
}

function bigint(value: number | null): void {
  writer.int32(OID.int8);
  if (value === null) writer.null();
  else writer.bigint(BigInt(value));
}

function text(value: string | null): void {
  writer.int32(OID.text);
  writer.text(value);
}

function json(value: string | null): void {
  writer.int32(OID.json);
  writer.text(value);
}

function bytes(value: Uint8Array | null): void {
  writer.int32(OID.bytea);
  writer.bytes(value);
}

function writeAliveAbove(runs: readonly RunDelta[]): void {
  const ids = new Set(runs.flatMap((run) => run.entry.alive));
  if (ids.size === 0) writer.null();
  else writer.array(OID.uuid, [...ids], (id) => writer.uuid(id));
}

/** A text array as PostgreSQL writes it. */
const arrayLiteral = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replaceAll(/["\\]/g, "\\$&")}"`).join(",")}}`;

function reservationsJson(planned: readonly Planned[]): string | null {
  const rows = planned.flatMap(({ id, asked, decision: { reserves }, holdsIn }) =>
    holdsIn.length === 0 || reserves === null
      ? []
      : [
          {
            decision_id: id,
            run_id: asked.entry.id,
            micro_usd: reserves.usd,
            tokens: reserves.tokens,
            owner_ids: holdsIn.map((counter) => counter.ownerId),
            periods: holdsIn.map((counter) => counter.period),
            starts_at: holdsIn.map((counter) => new Date(counter.startsAtMs)),
          },
        ],
  );
  return rows.length === 0 ? null : JSON.stringify(rows);
}

function approvalsJson(planned: readonly Planned[]): string | null {
  const rows = planned.flatMap(({ id, approvalId, decision: { escalation } }) =>
    approvalId === null || escalation === null
      ? []
      : [
          {
            id: approvalId,
            decision_id: id,
            risk: escalation.risk,
            approver_ids: escalation.approverIds,
            excluded_ids: escalation.excludedIds,
            deadline: escalation.deadline.toISOString(),
            quorum: escalation.quorum,
            asked_ids: escalation.askedIds,
            route: { steps: escalation.steps },
            route_step: escalation.step,
            next_contact_at: escalation.nextContactAt?.toISOString() ?? null,
          },
        ],
  );
  return rows.length === 0 ? null : JSON.stringify(rows);
}
