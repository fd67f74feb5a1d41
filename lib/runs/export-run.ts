import { recordLine, writeLine, type ExportHead } from "@/lib/audit/exports/line";
import { APPROVAL_STEPS } from "@/lib/audit/standing/approval-record";
import { REVIEW_STEPS } from "@/lib/audit/standing/review-record";
import { readApprovals } from "@/lib/audit/standing/verify-approvals";
import { readReviews } from "@/lib/audit/standing/verify-reviews";
import { readDecisions } from "@/lib/audit/verify-decisions";
import { within } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { csvLine } from "@/lib/kernel/csv";
import { isId } from "@/lib/kernel/ids";
import type { Json } from "@/lib/kernel/json";
import { entryWords } from "@/lib/runs/entry-words";
import { timelineOf, type TimelineFrom } from "@/lib/runs/timeline-queries";

/** A run that somebody takes along. */
export interface ExportedRun {
  id: string;
  agentId: string;
  startedAt: Date;
}

/** The run, or null when the viewer does not see it (I12). */
export async function runToExport(viewer: Viewer, id: string): Promise<ExportedRun | null> {
  if (!isId(id)) return null;
  return await viewer.db.run.findFirst({
    where: { id, ...within(viewer.access, "run.read", "agentId") },
    select: { id: true, agentId: true, startedAt: true },
  });
}

/**
 * A run as JSON Lines that `audit verify-export` recomputes: the records about it chain by chain, then its decisions with their checks, its events,
 * approvals and reviews, each of which those records vouch for. Which there are, and how its approvals stand, is read when it begins; the rest,
 * which nobody changes, `take` at a time while it is taken. Holds ids of all, and the approvals and reviews. Without the right to see approvals or
 * the audit they are left out, and the head says so.
 */
export async function* runFile(
  viewer: Viewer,
  run: ExportedRun,
  said: { at: Date; filters: Record<string, string> },
  take = 100,
): AsyncGenerator<string> {
  const seen = partsFor(viewer, run);
  const moment = await momentOf(viewer, run, seen);
  yield writeLine({
    export: {
      format: "remit-run-export-1",
      at: said.at.toISOString(),
      by: viewer.person.email,
      filters: said.filters,
      parts: seen,
    },
  });
  let rows = 1;
  yield writeLine({ run: moment.run });
  for (const keys of chunks(moment.records, take)) yield (await readRecords(viewer.db, keys)).map(writeLine).join("");
  for (const ids of chunks(moment.decisions, take)) {
    const decisions = await readDecisions(viewer.db, Prisma.sql`id = ANY (${ids}::uuid[])`);
    rows += decisions.length;
    yield decisions.map((one) => writeLine({ decision: parsed(one) })).join("");
  }
  for (const ids of chunks(moment.events, take)) {
    const events = await readEvents(viewer.db, run, ids);
    rows += events.length;
    yield events.map((event) => writeLine({ event })).join("");
  }
  rows += moment.approvals.length + moment.reviews.length;
  for (const { records: _, args, ...one } of moment.approvals)
    yield writeLine({ approval: { ...one, args: JSON.parse(args) } });
  for (const { records: _, ...review } of moment.reviews) yield writeLine({ review });
  yield writeLine({ end: { records: moment.records.length, rows } });
}

type Part = NonNullable<ExportHead["export"]["parts"]>[number];

function partsFor({ access }: Viewer, { agentId }: ExportedRun): Part[] {
  const approvals = access.can("approval.read", agentId) ? (["approvals", "reviews"] as const) : [];
  const records = access.can("audit.read", agentId) ? (["records"] as const) : [];
  return ["decisions", "events", ...approvals, ...records];
}

interface RecordKey {
  stream: string;
  seq: bigint;
}

/** Ids of what there is, and how its approvals and reviews stand, without what was recorded of those in between. */
async function momentOf({ db, access }: Viewer, { id, startedAt }: ExportedRun, seen: readonly Part[]) {
  const asks = seen.includes("approvals");
  const [approvals, reviews] = await Promise.all([
    asks ? readApprovals(db, Prisma.sql`a.run_id = ${id}::uuid`, null) : [],
    asks ? readReviews(db, Prisma.sql`v.run_id = ${id}::uuid`, null) : [],
  ]);
  const known = new Set([...approvals, ...reviews].flatMap((one) => one.records.map(placeOf)));
  const moves: readonly string[] = asks ? MOVES : [];
  const audits = Prisma.sql`${seen.includes("records")} AND ${withinSql(access, "audit.read", "node_id")}`;
  const [run, [there]] = await Promise.all([
    db.run.findUniqueOrThrow({ where: { id }, select: RUN }),
    // One statement: a decision, an event and its record are seen together or not at all.
    db.$queryRaw<
      { decisions: string[]; events: string[]; records: { stream: string; seq: string; action: string }[] }[]
    >`
      SELECT ARRAY(SELECT id::text FROM decision WHERE run_id = ${id}::uuid ORDER BY at, id) AS decisions,
        ARRAY(SELECT id FROM event WHERE run_day = ${dayOf(startedAt)}::date AND run_id = ${id}::uuid ORDER BY at, id) AS events,
        (SELECT coalesce(json_agg(json_build_object('stream', stream, 'seq', seq::text, 'action', action) ORDER BY stream, seq), '[]')
          FROM audit_record WHERE ${audits} AND subject_id IN (
            SELECT ${id} UNION ALL SELECT id::text FROM decision WHERE run_id = ${id}::uuid
            UNION ALL SELECT id::text FROM approval WHERE run_id = ${id}::uuid
            UNION ALL SELECT id::text FROM review WHERE run_id = ${id}::uuid
            UNION ALL SELECT id::text FROM appeal WHERE run_id = ${id}::uuid)) AS records`,
  ]);
  if (!there) throw new Error("a statement without a row");
  return {
    run: { ...run, costMicroUsd: run.costMicroUsd.toString(), agent: run.agent.node.slug },
    decisions: there.decisions,
    events: there.events,
    records: there.records
      .filter((one) => !moves.includes(one.action) || known.has(placeOf(one)))
      .map(({ stream, seq }) => ({ stream, seq: BigInt(seq) })),
    approvals,
    reviews,
  };
}

const placeOf = ({ stream, seq }: { stream: string; seq: string }): string => `${stream} ${seq}`;

/** The actions of records that move an approval or a review. */
const MOVES = [...APPROVAL_STEPS, ...REVIEW_STEPS].filter((action) => action !== "decision.escalate");

const RUN = {
  id: true,
  agent: { select: { node: { select: { slug: true } } } },
  parentRunId: true,
  status: true,
  mode: true,
  trigger: true,
  input: true,
  onBehalfOf: true,
  instruction: true,
  model: true,
  scope: true,
  startedAt: true,
  endedAt: true,
  output: true,
  followUp: true,
  error: true,
  blocker: true,
  dataClasses: true,
  costMicroUsd: true,
  unpricedCalls: true,
} as const satisfies Prisma.RunSelect;

/** The partition that a run's events lie in. */
const dayOf = (startedAt: Date): string => startedAt.toISOString().slice(0, 10);

async function readRecords(db: Db, keys: readonly RecordKey[]) {
  const rows = await db.$queryRaw<Parameters<typeof recordLine>[0][]>`
    SELECT r.stream, r.seq, r.prev_hash AS "prevHash", r.hash, r.body
    FROM unnest(${keys.map((key) => key.stream)}::text[], ${keys.map((key) => key.seq)}::bigint[]) WITH ORDINALITY AS k(stream, seq, place)
      JOIN audit_record r ON r.stream = k.stream AND r.seq = k.seq ORDER BY k.place`;
  return rows.map(recordLine);
}

async function readEvents(db: Db, run: ExportedRun, ids: readonly string[]) {
  const rows = await db.event.findMany({
    where: { runDay: new Date(dayOf(run.startedAt)), runId: run.id, id: { in: [...ids] } },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    omit: { runDay: true, runId: true, agentId: true },
  });
  return rows.map(({ costMicroUsd, contentHash, ...event }) => ({
    ...event,
    costMicroUsd: costMicroUsd?.toString() ?? null,
    contentHash: Buffer.from(contentHash).toString("hex"),
  }));
}

/** With its JSON as values, for people and programs that read it. */
function parsed(one: Awaited<ReturnType<typeof readDecisions>>[number]) {
  const value = (text: string | null): Json => (text === null ? null : (JSON.parse(text) as Json));
  const { args, checks, resource, evidence, estimate, ...rest } = one;
  return {
    ...rest,
    args: value(args),
    resource: value(resource),
    evidence: value(evidence),
    estimate: value(estimate),
    checks: value(checks),
  };
}

function* chunks<T>(all: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}

const COLUMNS = [
  "at",
  "kind",
  "what",
  "target",
  "detail",
  "effect",
  "code",
  "duration_ms",
  "cost_micro_usd",
  "id",
] as const;

/** Its timeline as a table, as the page shows it; times are UTC. */
export async function* runTimelineCsv(viewer: Viewer, run: ExportedRun, take = 200): AsyncGenerator<string> {
  yield csvLine(COLUMNS);
  for (let from: TimelineFrom | null = { at: "start" }; from !== null;) {
    const page: Awaited<ReturnType<typeof timelineOf>> = await timelineOf(viewer, run, {
      from,
      kinds: [],
      limit: take,
    });
    yield page.entries
      .map((entry) => {
        const { title, target, detail } = entryWords(entry);
        const decision = entry.type === "decision" ? entry : null;
        const event = entry.type === "event" ? entry : null;
        const kind = event?.kind ?? entry.type;
        const cost = event?.costMicroUsd ?? null;
        const id = entry.key.slice(entry.type.length + 1);
        return csvLine([
          entry.at,
          kind,
          title,
          target,
          detail,
          decision?.effect ?? null,
          decision?.code ?? null,
          event?.durationMs ?? null,
          cost,
          id,
        ]);
      })
      .join("");
    from = page.after === null ? null : { after: page.after };
  }
}
