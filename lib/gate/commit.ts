import type { QueryConfig } from "pg";

import type { Asked } from "@/lib/gate/asked";
import type { Plan, Planned, RunDelta } from "@/lib/gate/evaluate";
import { byteaArray, intArray, textArray, timeArray } from "@/lib/gate/pg-arrays";

const PARAMETERS = Array.from({ length: 35 }, (_, index) => `$${index + 1}`).join(", ");
const TEXT = `SELECT commit_decisions(${PARAMETERS})`;

/** Why `commit_decisions` refused a batch: see the migration. Nothing was written. */
export const REFUSALS = { RM001: "configuration", RM002: "run", RM003: "approval", RM004: "stream" } as const;
export type Refusal = (typeof REFUSALS)[keyof typeof REFUSALS];

export const refusalOf = (sqlState: string | undefined): Refusal | null =>
  sqlState === "RM001" || sqlState === "RM002" || sqlState === "RM003" || sqlState === "RM004"
    ? REFUSALS[sqlState]
    : null;

interface Arrived extends Asked {
  arrivedMs: number;
}

/** The one statement that stores a batch: one round trip, one transaction. */
export function commitQuery(plan: Plan<Arrived>, notify: string | null): QueryConfig {
  const { planned, runs, now, head } = plan;
  const monotonicMs = performance.now();
  const texts = (pick: (one: Planned<Arrived>) => string | null): Buffer | null => column(planned.map(pick), textArray);
  const bytes = (pick: (one: Planned<Arrived>) => Buffer | null): Buffer | null =>
    column(planned.map(pick), byteaArray);
  const values = [
    head.stream,
    head.seq.toString(),
    head.hash,
    now,
    plan.version.toString(),
    notify,
    textArray(runs.map((run) => run.entry.id)),
    intArray(runs.map((run) => run.revision)),
    intArray(runs.map((run) => run.made)),
    intArray(runs.map((run) => run.denied)),
    intArray(runs.map((run) => run.escalated)),
    column(
      runs.map((run) => (run.classesGrew ? arrayLiteral(run.state.dataClasses) : null)),
      textArray,
    ),
    aliveAbove(runs),
    texts((one) => one.id),
    texts((one) => one.asked.entry.id),
    texts((one) => one.asked.entry.state.agentId),
    texts((one) => one.asked.request.action),
    texts((one) => one.asked.argsText),
    bytes((one) => one.asked.argsHash),
    texts((one) => json(one.asked.request.resource)),
    texts((one) => json(one.asked.request.evidence)),
    texts((one) => json(one.asked.request.estimate)),
    texts((one) => one.decision.effect),
    texts((one) => one.decision.code),
    texts((one) => one.decision.message),
    texts((one) => one.checksText),
    texts((one) => one.asked.entry.state.mode),
    texts((one) => one.decision.redeems),
    column(
      planned.map((one) => one.decision.review?.deadline.getTime() ?? null),
      timeArray,
    ),
    texts((one) => one.asked.key),
    bytes((one) => one.asked.requestHash),
    intArray(planned.map((one) => Math.round((monotonicMs - one.asked.arrivedMs) * 1000))),
    texts((one) => one.link.body),
    bytes((one) => one.link.hash),
    approvalsJson(planned),
  ];
  return { name: "commit_decisions", text: TEXT, values };
}

/** A column of the batch; one that is null in every row is not sent. */
const column = <T>(values: readonly (T | null)[], encode: (values: readonly (T | null)[]) => Buffer): Buffer | null =>
  values.every((value) => value === null) ? null : encode(values);

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));

function aliveAbove(runs: readonly RunDelta[]): Buffer | null {
  const ids = new Set(runs.flatMap((run) => run.entry.alive));
  return ids.size === 0 ? null : textArray([...ids]);
}

/** A text array as PostgreSQL writes it. */
const arrayLiteral = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replaceAll(/["\\]/g, "\\$&")}"`).join(",")}}`;

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
          },
        ],
  );
  return rows.length === 0 ? null : JSON.stringify(rows);
}
