import type { Queries } from "@/lib/db/queries";

/** A counter that does not say what decisions, reservations and events do. Amounts in micro-USD, tokens, decisions. */
interface EnvelopeFault {
  ownerId: string;
  period: string;
  startsAt: Date;
  /** What differs, as `column: stored, expected`. */
  differs: string[];
}

interface Row {
  owner_id: string;
  period: string;
  starts_at: Date;
  stored: Sums;
  expected: Sums;
}
type Sums = Record<string, number>;

/**
 * What counters should hold, from the rows that they count: `calls` are allowed decisions of live runs in the window, what is reserved is
 * in open reservations, what is settled in settled ones and in all other events that cost something. Of a node count the agents below it
 * as the chart is now; where agents have been moved or an envelope was set within a window, only what is
 * reserved must agree.
 */
const SQL = String.raw`
  WITH RECURSIVE below AS (
    SELECT id AS owner, id AS member FROM node
    UNION ALL SELECT below.owner, node.id FROM node JOIN below ON node.parent_id = below.member
  ), delegated AS (
    SELECT id AS owner, id AS member FROM run
    UNION ALL SELECT delegated.owner, run.id FROM run JOIN delegated ON run.parent_run_id = delegated.member
  ), used AS (
    SELECT *, CASE period WHEN 'hour' THEN starts_at + interval '1 hour' WHEN 'day' THEN starts_at + interval '24 hours'
      WHEN 'month' THEN (starts_at AT TIME ZONE 'UTC' + interval '1 month') AT TIME ZONE 'UTC' ELSE 'infinity' END AS ends_at
    FROM envelope_use
  ), counting AS (
    SELECT used.owner_id, used.period, used.starts_at, used.ends_at, run.id AS run_id, run.started_at
      FROM used JOIN below ON below.owner = used.owner_id JOIN run ON run.agent_id = below.member AND run.mode = 'live'
      WHERE used.period <> 'run'
    UNION ALL
    SELECT used.owner_id, used.period, used.starts_at, used.ends_at, run.id, run.started_at
      FROM used JOIN delegated ON delegated.owner = used.owner_id JOIN run ON run.id = delegated.member AND run.mode = 'live'
      WHERE used.period = 'run'
  ), calls AS (
    SELECT owner_id, period, starts_at, count(*) AS calls FROM counting
      JOIN decision ON decision.run_id = counting.run_id AND decision.effect = 'allow'
        AND decision.at >= counting.starts_at AND decision.at < counting.ends_at
      GROUP BY 1, 2, 3
  ), holds AS (
    SELECT k.owner AS owner_id, k.period, k.starts AS starts_at,
        coalesce(sum(micro_usd) FILTER (WHERE closed_at IS NULL), 0) AS reserved_usd,
        coalesce(sum(tokens) FILTER (WHERE closed_at IS NULL), 0) AS reserved_tokens,
        coalesce(sum(settled_micro_usd), 0) AS usd, coalesce(sum(settled_tokens), 0) AS tokens
      FROM reservation, unnest(owner_ids, periods, reservation.starts_at) AS k(owner, period, starts) GROUP BY 1, 2, 3
  ), spent AS (
    SELECT counting.owner_id, counting.period, counting.starts_at, coalesce(sum(event.cost_micro_usd), 0) AS usd,
        coalesce(sum(CASE event.kind WHEN 'llm' THEN (payload->>'inputTokens')::bigint + (payload->>'outputTokens')::bigint
          ELSE (payload->>'tokens')::bigint END), 0) AS tokens,
        count(*) FILTER (WHERE event.kind = 'llm' AND event.cost_micro_usd IS NULL) AS unpriced
      FROM counting JOIN event ON event.run_id = counting.run_id AND event.kind IN ('llm', 'tool')
        AND event.run_day = (counting.started_at AT TIME ZONE 'UTC')::date
        AND event.received_at >= counting.starts_at AND event.received_at < counting.ends_at
      WHERE NOT EXISTS (SELECT 1 FROM reservation WHERE decision_id = event.decision_id AND settled_by = event.id)
      GROUP BY 1, 2, 3
  )
  SELECT u.owner_id, u.period, u.starts_at,
      json_build_object('reservedUsd', u.reserved_micro_usd, 'reservedTokens', u.reserved_tokens, 'settledUsd', u.settled_micro_usd,
        'settledTokens', u.settled_tokens, 'calls', u.calls, 'unpriced', u.unpriced_calls) AS stored,
      json_build_object('reservedUsd', coalesce(h.reserved_usd, 0), 'reservedTokens', coalesce(h.reserved_tokens, 0),
        'settledUsd', coalesce(h.usd, 0) + coalesce(s.usd, 0), 'settledTokens', coalesce(h.tokens, 0) + coalesce(s.tokens, 0),
        'calls', coalesce(c.calls, 0), 'unpriced', coalesce(s.unpriced, 0)) AS expected
    FROM used u
    LEFT JOIN calls c USING (owner_id, period, starts_at)
    LEFT JOIN holds h USING (owner_id, period, starts_at)
    LEFT JOIN spent s USING (owner_id, period, starts_at)
    ORDER BY u.owner_id, u.period, u.starts_at`;

/** Counters that do not agree with what they count. It reads everything: for tests, and for an operator who doubts. */
export async function envelopeFaults(queries: Queries): Promise<EnvelopeFault[]> {
  const { rows } = await queries.query<Row>(SQL);
  return rows.flatMap(({ owner_id: ownerId, period, starts_at: startsAt, stored, expected }) => {
    const differs = Object.keys(expected).flatMap((name) =>
      stored[name] === expected[name] ? [] : [`${name}: ${stored[name]}, expected ${expected[name]}`],
    );
    return differs.length > 0 ? [{ ownerId, period, startsAt, differs }] : [];
  });
}
