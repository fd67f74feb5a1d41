import { actionTitle, targetOf } from "@/lib/decisions/words";
import { Prisma } from "@/lib/db/generated/client";
import type { Db } from "@/lib/db/client";
import type { Json } from "@/lib/kernel/json";
import { eventSummary } from "@/lib/runs/event-summary";
import { entryKey, type EntryType, type Place } from "@/lib/runs/timeline-cursor";
import type {
  ApprovalEntry,
  DecisionEntry,
  DelegationEntry,
  EventEntry,
  ReviewEntry,
  TimelineEntry,
} from "@/lib/runs/timeline";
import type { EventKind } from "@/lib/runs/views";

/** JSON beyond this many bytes is not read for a line of a list: its start is shown, and opening the entry loads it whole. */
const READ_WHOLE_BYTES = 65_536;
const LATE_MS = 60_000;

interface Run {
  id: string;
  startedAt: Date;
}

/** The entries that stand at these places, in the same order: five queries at most, whatever their number. */
export async function hydrate({ db }: { db: Db }, run: Run, places: readonly Place[]): Promise<TimelineEntry[]> {
  const ids = (type: EntryType) => places.filter((place) => place.type === type).map((place) => place.id);
  const found = await Promise.all([
    decisions(db, ids("decision")),
    approvals(db, ids("approval")),
    reviews(db, ids("review")),
    delegations(db, ids("delegation")),
    events(db, run, ids("event")),
  ]);
  const byKey = new Map<string, TimelineEntry>(found.flat().map((entry) => [entry.key, entry]));
  return places.flatMap((place) => byKey.get(entryKey(place.type, place.id)) ?? []);
}

async function decisions(db: Db, ids: string[]): Promise<DecisionEntry[]> {
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<
    {
      id: string;
      at: Date;
      action: string;
      title: string | null;
      resource: Json;
      args: Json;
      effect: DecisionEntry["effect"];
      code: string;
      message: string;
      latencyUs: number;
      mode: string;
      redeemedApprovalId: string | null;
      reviewDeadline: Date | null;
      approvalId: string | null;
      approvalState: string | null;
      approvalDeadline: Date | null;
    }[]
  >`
    SELECT d.id, d.at, d.action, c.title, ${capped("d.resource")} AS resource, ${capped("d.args")} AS args, d.effect::text, d.code,
      d.message, d.latency_us AS "latencyUs", d.mode::text, d.redeemed_approval_id AS "redeemedApprovalId",
      d.review_deadline AS "reviewDeadline", a.id AS "approvalId", a.state::text AS "approvalState", a.deadline AS "approvalDeadline"
    FROM decision d LEFT JOIN action c ON c.id = d.action LEFT JOIN approval a ON a.decision_id = d.id
    WHERE d.id = ANY(${ids}::uuid[])`;
  return rows.map((row) => ({
    type: "decision",
    key: entryKey("decision", row.id),
    id: row.id,
    at: row.at.toISOString(),
    action: row.action,
    actionTitle: actionTitle(row.action, row.title),
    target: targetOf(row.resource, row.args),
    effect: row.effect,
    code: row.code,
    message: row.message,
    latencyUs: row.latencyUs,
    shadow: row.mode === "shadow",
    approval:
      row.approvalId && row.approvalState && row.approvalDeadline
        ? { id: row.approvalId, state: row.approvalState, deadline: row.approvalDeadline.toISOString() }
        : null,
    redeemedApprovalId: row.redeemedApprovalId,
    reviewDeadline: row.reviewDeadline?.toISOString() ?? null,
  }));
}

async function approvals(db: Db, ids: string[]): Promise<ApprovalEntry[]> {
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<
    {
      id: string;
      decisionId: string;
      at: Date;
      requestedAt: Date;
      state: string;
      action: string;
      title: string | null;
      resource: Json;
      args: Json;
      decidedBy: string | null;
      comment: string | null;
    }[]
  >`
    SELECT a.id, a.decision_id AS "decisionId", coalesce(a.decided_at, least(a.deadline, r.ended_at)) AS at, a.requested_at AS "requestedAt",
      a.state::text, a.action, c.title, ${capped("d.resource")} AS resource, ${capped("a.args")} AS args,
      p.name AS "decidedBy", a.comment
    FROM approval a JOIN decision d ON d.id = a.decision_id JOIN run r ON r.id = a.run_id LEFT JOIN action c ON c.id = a.action
      LEFT JOIN person p ON p.id = a.decided_by_id
    WHERE a.id = ANY(${ids}::uuid[])`;
  return rows.map((row) => ({
    type: "approval",
    key: entryKey("approval", row.id),
    id: row.id,
    decisionId: row.decisionId,
    at: row.at.toISOString(),
    requestedAt: row.requestedAt.toISOString(),
    state: row.state,
    actionTitle: actionTitle(row.action, row.title),
    target: targetOf(row.resource, row.args),
    decidedBy: row.decidedBy,
    comment: row.comment,
  }));
}

async function reviews(db: Db, ids: string[]): Promise<ReviewEntry[]> {
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<
    (Pick<ReviewEntry, "id" | "decisionId" | "state" | "decidedBy" | "comment" | "detail"> & {
      at: Date;
      action: string;
      title: string | null;
      resource: Json;
      args: Json;
    })[]
  >`
    SELECT v.id, v.decision_id AS "decisionId", v.decided_at AS at, v.state::text, v.action, c.title, p.name AS "decidedBy", v.comment,
      ${capped("d.resource")} AS resource, ${capped("d.args")} AS args,
      (SELECT r.detail FROM rollback r WHERE r.review_id = v.id ORDER BY r.requested_at DESC, r.id DESC LIMIT 1) AS detail
    FROM review v JOIN decision d ON d.id = v.decision_id LEFT JOIN action c ON c.id = v.action LEFT JOIN person p ON p.id = v.decided_by_id
    WHERE v.id = ANY(${ids}::uuid[])`;
  return rows.map(({ at, action, title, resource, args, ...row }) => ({
    ...row,
    type: "review",
    key: entryKey("review", row.id),
    at: at.toISOString(),
    actionTitle: actionTitle(action, title),
    target: targetOf(resource, args),
  }));
}

async function delegations(db: Db, ids: string[]): Promise<DelegationEntry[]> {
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<
    { id: string; at: Date; status: string; scope: string[]; slug: string; name: string }[]
  >`
    SELECT r.id, r.started_at AS at, r.status::text, r.scope, n.slug, n.name
    FROM run r JOIN node n ON n.id = r.agent_id WHERE r.id = ANY(${ids}::uuid[])`;
  return rows.map((row) => ({
    type: "delegation",
    key: entryKey("delegation", row.id),
    runId: row.id,
    at: row.at.toISOString(),
    agent: { slug: row.slug, name: row.name },
    status: row.status,
    scope: row.scope,
  }));
}

async function events(db: Db, run: Run, ids: string[]): Promise<EventEntry[]> {
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<
    {
      id: string;
      kind: EventKind;
      at: Date;
      receivedAt: Date;
      durationMs: number | null;
      parentEventId: string | null;
      name: string | null;
      decisionId: string | null;
      costMicroUsd: bigint | null;
      payload: Json;
      head: string | null;
    }[]
  >`
    SELECT id, kind::text, at, received_at AS "receivedAt", duration_ms AS "durationMs", parent_event_id AS "parentEventId", name,
      decision_id AS "decisionId", cost_micro_usd AS "costMicroUsd", ${capped("payload")} AS payload,
      CASE WHEN octet_length(payload::text) > ${READ_WHOLE_BYTES}::int THEN left(payload::text, 1000) END AS head
    FROM event
    WHERE run_day = ${run.startedAt.toISOString().slice(0, 10)}::date AND run_id = ${run.id}::uuid AND id = ANY(${ids}::text[])`;
  return rows.map((row) => {
    const lateMs = row.receivedAt.getTime() - row.at.getTime();
    return {
      type: "event",
      key: entryKey("event", row.id),
      id: row.id,
      kind: row.kind,
      at: row.at.toISOString(),
      name: row.name,
      durationMs: row.durationMs,
      parentEventId: row.parentEventId,
      decisionId: row.decisionId,
      costMicroUsd: row.costMicroUsd?.toString() ?? null,
      summary: eventSummary(row.payload, row.head),
      lateMs: Math.abs(lateMs) > LATE_MS ? lateMs : null,
    };
  });
}

/** A JSON column, or NULL where it is too large for a list. Its parts are never taken out in SQL: an escaped NUL in them would fail the query. */
const capped = (column: string): Prisma.Sql =>
  Prisma.raw(`CASE WHEN octet_length(${column}::text) <= ${READ_WHOLE_BYTES} THEN ${column} END`);
