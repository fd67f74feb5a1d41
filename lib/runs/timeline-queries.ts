import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { Prisma } from "@/lib/db/generated/client";
import { isId } from "@/lib/kernel/ids";
import { decodePlace, encodePlace, parseEntryKey, RANK, type EntryType, type Place } from "@/lib/runs/timeline-cursor";
import { hydrate } from "@/lib/runs/timeline-entries";
import type { TimelineKind, TimelinePage } from "@/lib/runs/timeline";
import { EVENT_KINDS } from "@/lib/runs/views";

/** Where a page of a timeline begins: its ends, a cursor of an earlier page, or around one entry (a deep link). */
export type TimelineFrom =
  | { at: "start" }
  | { at: "end" }
  | { after: string }
  | { before: string }
  | { around: string };

interface TimelineRequest {
  from: TimelineFrom;
  /** Empty: everything. */
  kinds: readonly TimelineKind[];
  /** At most 200. */
  limit: number;
}

/** A run as timeline queries need it, once the viewer is known to see it. */
interface TimelineRun {
  id: string;
  startedAt: Date;
}

/** Entries shown above the one that a link names, so that it does not stand without what led to it. */
const CONTEXT = 15;
const MOST = 200;

/** One page of everything that happened in a run, in order; null when there is no such run within the viewer's sight (I12). */
export async function runTimeline(
  viewer: Viewer,
  runId: string,
  request: TimelineRequest,
): Promise<TimelinePage | null> {
  if (!isId(runId)) return null;
  const [run] = await viewer.db.$queryRaw<TimelineRun[]>`
    SELECT id, started_at AS "startedAt" FROM run
    WHERE id = ${runId}::uuid AND ${withinSql(viewer.access, "run.read", "agent_id")}`;
  return run ? await timelineOf(viewer, run, request) : null;
}

/** As runTimeline, for a run that the viewer is already known to see. */
export async function timelineOf(viewer: Viewer, run: TimelineRun, request: TimelineRequest): Promise<TimelinePage> {
  const limit = Math.max(1, Math.min(MOST, request.limit));
  const { places, before, after } = await placesFrom(viewer, run, request, limit);
  const first = places[0];
  const last = places.at(-1);
  return {
    entries: await hydrate(viewer, run, places),
    before: before && first ? encodePlace(first) : null,
    after: after && last ? encodePlace(last) : null,
  };
}

interface Window {
  places: Place[];
  before: boolean;
  after: boolean;
}

async function placesFrom(
  viewer: Viewer,
  run: TimelineRun,
  { from, kinds }: TimelineRequest,
  limit: number,
): Promise<Window> {
  const read = (direction: Direction, place: Place | null, count: number) =>
    readPlaces(viewer, run, kinds, direction, place, count);
  if ("around" in from) {
    const place = await placeOf(viewer, run, from.around);
    if (place) {
      const [above, below] = await Promise.all([
        read("backward", place, CONTEXT),
        read("from", place, limit - CONTEXT),
      ]);
      return { places: [...above.places, ...below.places], before: above.more, after: below.more };
    }
  }
  const backward = ("at" in from && from.at === "end") || "before" in from;
  const cursor = "after" in from ? from.after : "before" in from ? from.before : null;
  const place = cursor === null ? null : decodePlace(cursor);
  if (backward) {
    const above = await read("backward", place, limit);
    return { places: above.places, before: above.more, after: place !== null };
  }
  const below = await read("forward", place, limit);
  return { places: below.places, before: place !== null, after: below.more };
}

type Direction = "forward" | "from" | "backward";

/** Places in ascending order, with one read beyond the page to know whether there are more. */
async function readPlaces(
  viewer: Viewer,
  run: TimelineRun,
  kinds: readonly TimelineKind[],
  direction: Direction,
  place: Place | null,
  count: number,
): Promise<{ places: Place[]; more: boolean }> {
  const wanted = count + 1;
  const order = direction === "backward" ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const branches = sources(viewer, run, kinds).map(
    (source) => Prisma.sql`(
      SELECT at, rank, id FROM (${source}) AS one WHERE ${beyond(direction, place)}
      ORDER BY at ${order}, rank ${order}, id ${order} LIMIT ${wanted})`,
  );
  if (branches.length === 0) return { places: [], more: false };
  const rows = await viewer.db.$queryRaw<{ at: Date; rank: number; id: string }[]>`
    SELECT at, rank, id FROM (${Prisma.join(branches, " UNION ALL ")}) AS everything
    ORDER BY at ${order}, rank ${order}, id ${order} LIMIT ${wanted}`;
  const places = rows.slice(0, count).map((row) => ({ atMs: row.at.getTime(), type: typeOf(row.rank), id: row.id }));
  return { places: direction === "backward" ? places.toReversed() : places, more: rows.length > count };
}

/** The bound on `at` alone lets the index of (run, time) skip what was read before; the triple makes it exact. */
function beyond(direction: Direction, place: Place | null): Prisma.Sql {
  if (place === null) return Prisma.sql`TRUE`;
  const at = new Date(place.atMs);
  const triple = Prisma.sql`(${at}::timestamptz, ${RANK[place.type]}::int, ${place.id}::text)`;
  switch (direction) {
    case "forward":
      return Prisma.sql`at >= ${at}::timestamptz AND (at, rank, id) > ${triple}`;
    case "from":
      return Prisma.sql`at >= ${at}::timestamptz AND (at, rank, id) >= ${triple}`;
    case "backward":
      return Prisma.sql`at <= ${at}::timestamptz AND (at, rank, id) < ${triple}`;
  }
}

/** One SELECT of (at, rank, id) for each kind of entry that is asked for. Ids compare by bytes, so that order never hangs on a locale. */
function sources(viewer: Viewer, run: TimelineRun, kinds: readonly TimelineKind[]): Prisma.Sql[] {
  const asked = (kind: TimelineKind) => kinds.length === 0 || kinds.includes(kind);
  const effects = (["allow", "deny", "escalate"] as const).filter(asked);
  const events = EVENT_KINDS.filter(asked);
  const selects: Prisma.Sql[] = [];
  if (effects.length > 0) {
    selects.push(Prisma.sql`
      SELECT at, ${RANK.decision}::int AS rank, id::text COLLATE "C" AS id FROM decision
      WHERE run_id = ${run.id}::uuid AND effect = ANY(${effects}::effect[])`);
  }
  if (asked("approval")) {
    // Nobody decides one that expires or is cancelled: it ended at its deadline, or with its run if that ended before.
    selects.push(Prisma.sql`
      SELECT coalesce(a.decided_at, least(a.deadline, r.ended_at)) AS at, ${RANK.approval}::int AS rank, a.id::text COLLATE "C" AS id
      FROM approval a JOIN run r ON r.id = a.run_id WHERE a.run_id = ${run.id}::uuid AND a.state <> 'pending'`);
  }
  if (asked("review")) {
    selects.push(Prisma.sql`
      SELECT v.decided_at AS at, ${RANK.review}::int AS rank, v.id::text COLLATE "C" AS id FROM review v
      WHERE v.run_id = ${run.id}::uuid AND v.decided_at IS NOT NULL`);
  }
  if (asked("delegation")) {
    selects.push(Prisma.sql`
      SELECT started_at AS at, ${RANK.delegation}::int AS rank, id::text COLLATE "C" AS id FROM run
      WHERE parent_run_id = ${run.id}::uuid AND ${withinSql(viewer.access, "run.read", "agent_id")}`);
  }
  if (events.length > 0) {
    selects.push(Prisma.sql`
      SELECT at, ${RANK.event}::int AS rank, id COLLATE "C" AS id FROM event
      WHERE run_day = ${runDay(run)}::date AND run_id = ${run.id}::uuid AND kind = ANY(${events}::event_kind[])`);
  }
  return selects;
}

/** Where the entry that a link names stands; null when this run has none of that name. */
async function placeOf(viewer: Viewer, run: TimelineRun, key: string): Promise<Place | null> {
  const entry = parseEntryKey(key);
  if (!entry) return null;
  const found = await viewer.db.$queryRaw<{ at: Date }[]>`
    SELECT at FROM (${Prisma.join(sources(viewer, run, []), " UNION ALL ")}) AS everything
    WHERE rank = ${RANK[entry.type]}::int AND id = ${entry.id} LIMIT 1`;
  return found[0] ? { atMs: found[0].at.getTime(), ...entry } : null;
}

/** The partition that a run's events lie in. */
const runDay = (run: TimelineRun): string => run.startedAt.toISOString().slice(0, 10);

function typeOf(rank: number): EntryType {
  return rank === RANK.decision
    ? "decision"
    : rank === RANK.approval
      ? "approval"
      : rank === RANK.delegation
        ? "delegation"
        : rank === RANK.review
          ? "review"
          : "event";
}
