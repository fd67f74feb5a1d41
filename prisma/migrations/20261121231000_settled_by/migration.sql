-- AlterTable
ALTER TABLE "reservation" ADD COLUMN     "settled_by" TEXT;

-- As in 20261121230000_envelopes, and which event settled it: what other events cost was spent beside it.
CREATE OR REPLACE FUNCTION "settle_reservations"("p_settles" json, "p_spends" json, "p_now" timestamptz) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
  moves json;
BEGIN
  WITH closed AS (
    UPDATE reservation SET closed_at = p_now, settled_micro_usd = coalesce(s.usd, reservation.micro_usd),
        settled_tokens = coalesce(s.tokens, reservation.tokens), settled_by = s.event
      FROM json_to_recordset(p_settles) AS s(id uuid, event text, usd bigint, tokens bigint)
      WHERE reservation.decision_id = s.id AND reservation.closed_at IS NULL
      RETURNING reservation.*
  )
  SELECT json_agg(json_build_object('owner', k.owner, 'period', k.period, 'starts', k.starts, 'reserved_usd', -c.micro_usd,
      'reserved_tokens', -c.tokens, 'usd', c.settled_micro_usd, 'tokens', c.settled_tokens, 'unpriced', 0))
    INTO moves FROM closed AS c, unnest(c.owner_ids, c.periods, c.starts_at) AS k(owner, period, starts);
  RETURN spend_in_envelopes((coalesce(moves, '[]')::jsonb || p_spends::jsonb)::json);
END $$;

-- As in 20261121230000_envelopes. What gives back finds its row: as a row to be inserted, its amounts would be below zero.
CREATE OR REPLACE FUNCTION "spend_in_envelopes"("p_spends" json) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
  one record;
  row_after json;
  after json[] := '{}';
BEGIN
  FOR one IN
    SELECT s.owner, s.period, s.starts, sum(s.reserved_usd)::bigint AS reserved_usd, sum(s.reserved_tokens)::bigint AS reserved_tokens,
        sum(s.usd)::bigint AS usd, sum(s.tokens)::bigint AS tokens, sum(s.unpriced)::bigint AS unpriced
      FROM json_to_recordset(p_spends) AS s(owner uuid, period envelope_period, starts timestamptz, reserved_usd bigint,
        reserved_tokens bigint, usd bigint, tokens bigint, unpriced bigint)
      GROUP BY s.owner, s.period, s.starts ORDER BY s.owner, s.period, s.starts
  LOOP
    INSERT INTO envelope_use (owner_id, period, starts_at) VALUES (one.owner, one.period, one.starts) ON CONFLICT DO NOTHING;
    UPDATE envelope_use SET reserved_micro_usd = reserved_micro_usd + one.reserved_usd,
        reserved_tokens = reserved_tokens + one.reserved_tokens, settled_micro_usd = settled_micro_usd + one.usd,
        settled_tokens = settled_tokens + one.tokens, unpriced_calls = unpriced_calls + one.unpriced
      WHERE owner_id = one.owner AND period = one.period AND starts_at = one.starts
      RETURNING json_build_array(owner_id, period, extract(epoch FROM starts_at) * 1000, reserved_micro_usd, reserved_tokens,
        settled_micro_usd, settled_tokens, calls, unpriced_calls) INTO row_after;
    after := after || row_after;
  END LOOP;
  RETURN array_to_json(after);
END $$;
