DROP FUNCTION "release_reservations"(uuid[], timestamptz);

-- What runs that have ended still held was spent, as far as anybody knows: an agent that reports no results has no more for it. The
-- caller holds the runs' locks.
CREATE FUNCTION "close_reservations"("p_runs" uuid[], "p_now" timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  moves json;
BEGIN
  WITH closed AS (
    UPDATE reservation SET closed_at = p_now, settled_micro_usd = micro_usd, settled_tokens = tokens
      WHERE run_id = ANY(p_runs) AND closed_at IS NULL RETURNING *
  )
  SELECT json_agg(json_build_object('owner', k.owner, 'period', k.period, 'starts', k.starts, 'reserved_usd', -c.micro_usd,
      'reserved_tokens', -c.tokens, 'usd', c.micro_usd, 'tokens', c.tokens, 'unpriced', 0))
    INTO moves FROM closed AS c, unnest(c.owner_ids, c.periods, c.starts_at) AS k(owner, period, starts);
  IF moves IS NOT NULL THEN
    PERFORM spend_in_envelopes(moves);
  END IF;
END $$;
