import type { CommandContext } from "@/lib/audit/change";
import type { Unit } from "@/lib/budgets/envelope";
import { envelopeNoticeKey, type EnvelopeLevel } from "@/lib/budgets/notice-key";
import { startOf, type Period } from "@/lib/budgets/periods";
import { unitWords } from "@/lib/budgets/words";
import type { Db } from "@/lib/db/client";
import type { NoticeInput } from "@/lib/notify/notice";
import { peopleWhoMay } from "@/lib/notify/recipients";
import { writeNotices } from "@/lib/notify/write-notices";
import { settingsFrom } from "@/lib/tiers/settings";

/** New ones that a round tells of; the next round takes the rest. */
const BATCH = 100;

interface Row {
  nodeId: string;
  kind: "team" | "person" | "agent";
  slug: string;
  name: string;
  parentId: string | null;
  /** Who answers for the node: an agent's owner, a team's lead, the person that it stands for. */
  answersId: string | null;
  period: Exclude<Period, "run">;
  unit: Unit;
  limit: bigint;
  taken: bigint;
  level: EnvelopeLevel;
}

/**
 * Tells of envelopes of nodes that are nearly used (from the share at which agents are told to wind down) or used up, in the windows of
 * this moment: who answers for the node, and who may give it a larger one. Each limit once in a window and level; what is used up
 * already is not told of as nearly used. Derived from the counters that the gates keep, so that the decision path pays nothing for it
 * and it is safe to repeat. Envelopes of single runs are not told of: the run is, and ends. Returns how many it told of.
 */
export async function tellEnvelopes({
  db,
  clock,
  newId,
}: Pick<CommandContext, "db" | "clock" | "newId">): Promise<number> {
  const now = clock.now();
  const rows = await reached(db, now);
  const notices = await Promise.all(rows.map((row) => noticeOf(db, row, now)));
  await writeNotices(db, notices, now, newId);
  return notices.length;
}

/** Limits that have reached a level and nobody has been told of. One that can not be read is none here: it denies, and pages say so. */
async function reached(db: Db, now: Date): Promise<Row[]> {
  const { settings } = await db.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } });
  const windDownAt = settingsFrom(settings).settings.budgets.windDownAt;
  const [hour, day, month] = (["hour", "day", "month"] as const).map(
    (period) => new Date(startOf(period, now.getTime())),
  );
  return db.$queryRaw<Row[]>`
    WITH metered AS (
      SELECT node.id, node.kind, node.slug, node.name, node.parent_id, coalesce(agent.owner_id, node.lead_id, node.person_id) AS answers,
        used.period, used.starts_at, meter.unit, meter.taken,
        round(CASE WHEN jsonb_typeof(node.envelope->used.period::text->meter.unit) = 'number'
          THEN (node.envelope->used.period::text->>meter.unit)::numeric * CASE meter.unit WHEN 'usd' THEN 1000000 ELSE 1 END END) AS "limit"
      FROM node
        JOIN envelope_use used ON used.owner_id = node.id
          AND (used.period, used.starts_at) IN (('hour', ${hour}), ('day', ${day}), ('month', ${month}))
        CROSS JOIN LATERAL (VALUES
          ('usd', used.reserved_micro_usd + used.settled_micro_usd),
          ('tokens', used.reserved_tokens + used.settled_tokens),
          ('calls', used.calls)) AS meter (unit, taken)
        LEFT JOIN agent ON agent.id = node.id
      WHERE node.envelope <> '{}' AND agent.status IS DISTINCT FROM 'retired'
    ), levelled AS (
      SELECT *, CASE WHEN taken >= "limit" THEN 'used' ELSE 'near' END AS level,
        concat_ws(':', 'envelope', id, period, (extract(epoch FROM starts_at) * 1000)::bigint, unit, "limit") AS told
      FROM metered WHERE "limit" > 0 AND taken >= "limit" * ${String(windDownAt)}::numeric
    )
    SELECT id::text AS "nodeId", kind::text AS kind, slug, name, parent_id::text AS "parentId", answers::text AS "answersId",
      period::text AS period, unit, "limit"::bigint AS "limit", taken, level
    FROM levelled
    WHERE NOT EXISTS (SELECT FROM notice WHERE notice.key = told || ':used')
      AND (level = 'used' OR NOT EXISTS (SELECT FROM notice WHERE notice.key = told || ':near'))
    ORDER BY slug, period, unit LIMIT ${BATCH}`;
}

async function noticeOf(db: Db, row: Row, now: Date): Promise<NoticeInput> {
  const { nodeId, kind, slug, name, parentId, answersId, period, unit, limit, level } = row;
  const startsAtMs = startOf(period, now.getTime());
  // An envelope is set by a manager of the node above.
  const above = await peopleWhoMay(db, "envelope.write", parentId ?? nodeId);
  return {
    kind: level === "used" ? "envelope.used_up" : "envelope.nearly_used",
    key: envelopeNoticeKey({ nodeId, period, startsAtMs, unit, limit: Number(limit) }, level),
    recipients: [...(answersId === null ? [] : [answersId]), ...above],
    subject: `${name.slice(0, 200)}: ${wordsOf(row)}`,
    link: kind === "agent" ? `/agents/${slug}` : `/chart?focus=${slug}`,
    params: kind === "agent" ? { agent: name.slice(0, 200) } : {},
    nodeId,
    // An hour's is anew before anybody has looked at it.
    urgent: period !== "hour",
  };
}

const PERIODS = { hour: "this hour", day: "today (UTC)", month: "this month (UTC)" } as const;

function wordsOf({ level, unit, limit, taken, period }: Row): string {
  const whole = unitWords(unit, Number(limit));
  return level === "used"
    ? `all of ${whole} used ${PERIODS[period]}`
    : `${unitWords(unit, Number(taken))} of ${whole} used ${PERIODS[period]}`;
}
