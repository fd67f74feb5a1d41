-- CreateEnum
CREATE TYPE "envelope_period" AS ENUM ('run', 'hour', 'day', 'month');

-- AlterTable
ALTER TABLE "node" ADD COLUMN     "envelope" JSONB NOT NULL DEFAULT '{}';

-- Any node has one, not only an agent.
UPDATE "node" SET "envelope" = "agent"."envelope" FROM "agent" WHERE "agent"."id" = "node"."id";

-- AlterTable
ALTER TABLE "agent" DROP COLUMN "envelope";

-- CreateTable
CREATE TABLE "envelope_use" (
    "owner_id" UUID NOT NULL,
    "period" "envelope_period" NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "limit_micro_usd" BIGINT,
    "limit_tokens" BIGINT,
    "limit_calls" BIGINT,
    "reserved_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "reserved_tokens" BIGINT NOT NULL DEFAULT 0,
    "settled_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "settled_tokens" BIGINT NOT NULL DEFAULT 0,
    "calls" BIGINT NOT NULL DEFAULT 0,
    "unpriced_calls" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "envelope_use_pkey" PRIMARY KEY ("owner_id","period","starts_at")
);

-- CreateTable
CREATE TABLE "reservation" (
    "decision_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "micro_usd" BIGINT NOT NULL,
    "tokens" BIGINT NOT NULL,
    "owner_ids" UUID[],
    "periods" "envelope_period"[],
    "starts_at" TIMESTAMPTZ(3)[],
    "closed_at" TIMESTAMPTZ(3),
    "settled_micro_usd" BIGINT,
    "settled_tokens" BIGINT,

    CONSTRAINT "reservation_pkey" PRIMARY KEY ("decision_id")
);

-- CreateIndex
CREATE INDEX "reservation_run_id_idx" ON "reservation"("run_id");

-- AddForeignKey
ALTER TABLE "reservation" ADD CONSTRAINT "reservation_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "decision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Few rows that change all the time: their new versions stay on the page.
ALTER TABLE "envelope_use" SET (fillfactor = 40);
ALTER TABLE "envelope_use" ADD CONSTRAINT "envelope_use_amounts" CHECK ("reserved_micro_usd" >= 0 AND "reserved_tokens" >= 0
  AND "settled_micro_usd" >= 0 AND "settled_tokens" >= 0 AND "calls" >= 0 AND "unpriced_calls" >= 0);
ALTER TABLE "reservation" ADD CONSTRAINT "reservation_amounts" CHECK ("micro_usd" >= 0 AND "tokens" >= 0);
ALTER TABLE "reservation" ADD CONSTRAINT "reservation_rows" CHECK (cardinality("owner_ids") = cardinality("periods")
  AND cardinality("owner_ids") = cardinality("starts_at"));
ALTER TABLE "reservation" ADD CONSTRAINT "reservation_settled" CHECK (("settled_micro_usd" IS NULL) = ("settled_tokens" IS NULL)
  AND ("settled_tokens" IS NULL OR "closed_at" IS NOT NULL));

GRANT SELECT, INSERT, UPDATE ON "envelope_use", "reservation" TO "remit_runtime";

-- What a batch reserves in one row of envelope_use, and the limits under which it was evaluated; null is none.
CREATE TYPE "envelope_charge" AS ("owner" uuid, "period" text, "starts" timestamptz, "limit_usd" bigint, "limit_tokens" bigint,
  "limit_calls" bigint, "usd" bigint, "tokens" bigint, "calls" bigint);

-- As commit_decisions, and what the decisions reserve (I6). Whoever charges the same row waits here until this commits, so that it comes
-- last. If a row holds less than it did when the batch was evaluated, nothing is written. Returns the rows as they are now.
CREATE FUNCTION "commit_charged"(
  "p_stream" text, "p_seq" bigint, "p_prev" bytea, "p_now" timestamptz, "p_version" bigint, "p_runs" "run_change"[], "p_alive" uuid[],
  "p_decisions" "new_decision"[], "p_redeems" boolean, "p_approvals" json,
  -- in the order of owner, period, start: every change locks in this order
  "p_charges" "envelope_charge"[],
  -- of decisions that hold money or tokens, or null
  "p_reservations" json
) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
  after json;
BEGIN
  PERFORM commit_decisions(p_stream, p_seq, p_prev, p_now, p_version, p_runs, p_alive, p_decisions, p_redeems, p_approvals);

  IF p_reservations IS NOT NULL THEN
    INSERT INTO reservation (decision_id, run_id, micro_usd, tokens, owner_ids, periods, starts_at)
      SELECT r.decision_id, r.run_id, r.micro_usd, r.tokens, r.owner_ids, r.periods, r.starts_at
        FROM json_to_recordset(p_reservations) AS r(decision_id uuid, run_id uuid, micro_usd bigint, tokens bigint,
          owner_ids uuid[], periods envelope_period[], starts_at timestamptz[]);
  END IF;

  -- What is used up takes nothing more, not even what asks for none of it.
  WITH charged AS (
    INSERT INTO envelope_use AS known (owner_id, period, starts_at, limit_micro_usd, limit_tokens, limit_calls,
        reserved_micro_usd, reserved_tokens, calls)
      SELECT c.owner, c.period::envelope_period, c.starts, c.limit_usd, c.limit_tokens, c.limit_calls, c.usd, c.tokens, c.calls
        FROM unnest(p_charges) AS c
    ON CONFLICT (owner_id, period, starts_at) DO UPDATE SET
        limit_micro_usd = excluded.limit_micro_usd, limit_tokens = excluded.limit_tokens, limit_calls = excluded.limit_calls,
        reserved_micro_usd = known.reserved_micro_usd + excluded.reserved_micro_usd,
        reserved_tokens = known.reserved_tokens + excluded.reserved_tokens,
        calls = known.calls + excluded.calls
      WHERE (excluded.limit_micro_usd IS NULL OR (known.reserved_micro_usd + known.settled_micro_usd < excluded.limit_micro_usd
          AND known.reserved_micro_usd + known.settled_micro_usd + excluded.reserved_micro_usd <= excluded.limit_micro_usd))
        AND (excluded.limit_tokens IS NULL OR (known.reserved_tokens + known.settled_tokens < excluded.limit_tokens
          AND known.reserved_tokens + known.settled_tokens + excluded.reserved_tokens <= excluded.limit_tokens))
        AND (excluded.limit_calls IS NULL OR known.calls + excluded.calls <= excluded.limit_calls)
    RETURNING owner_id, period, starts_at, reserved_micro_usd, reserved_tokens, settled_micro_usd, settled_tokens, calls, unpriced_calls
  )
  SELECT json_agg(json_build_array(owner_id, period, extract(epoch FROM starts_at) * 1000, reserved_micro_usd, reserved_tokens,
      settled_micro_usd, settled_tokens, calls, unpriced_calls)) INTO after FROM charged;
  IF coalesce(json_array_length(after), 0) <> cardinality(p_charges) THEN
    RAISE EXCEPTION 'an envelope changed' USING ERRCODE = 'RM005';
  END IF;

  -- Again, after the wait: see commit_decisions.
  IF (SELECT version FROM configuration WHERE id = 1) IS DISTINCT FROM p_version THEN
    RAISE EXCEPTION 'the configuration changed' USING ERRCODE = 'RM001';
  END IF;
  RETURN after;
END $$;

-- Adds to rows of envelope_use, whatever their limits: what was spent was spent. Rows come in the order of locks.
CREATE FUNCTION "spend_in_envelopes"("p_spends" json) RETURNS json LANGUAGE plpgsql AS $$
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
    INSERT INTO envelope_use AS known (owner_id, period, starts_at, reserved_micro_usd, reserved_tokens, settled_micro_usd,
        settled_tokens, unpriced_calls)
      VALUES (one.owner, one.period, one.starts, one.reserved_usd, one.reserved_tokens, one.usd, one.tokens, one.unpriced)
    ON CONFLICT (owner_id, period, starts_at) DO UPDATE SET
        reserved_micro_usd = known.reserved_micro_usd + one.reserved_usd, reserved_tokens = known.reserved_tokens + one.reserved_tokens,
        settled_micro_usd = known.settled_micro_usd + one.usd, settled_tokens = known.settled_tokens + one.tokens,
        unpriced_calls = known.unpriced_calls + one.unpriced
    RETURNING json_build_array(owner_id, period, extract(epoch FROM starts_at) * 1000, reserved_micro_usd, reserved_tokens,
      settled_micro_usd, settled_tokens, calls, unpriced_calls) INTO row_after;
    after := after || row_after;
  END LOOP;
  RETURN array_to_json(after);
END $$;

-- Closes reservations: of decisions whose results are reported, with what was booked (null books what was reserved). The caller holds the
-- run's lock, under which its reservations are made and closed. `p_spends`: what was spent beside them. Returns the rows as they are now.
CREATE FUNCTION "settle_reservations"("p_settles" json, "p_spends" json, "p_now" timestamptz) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
  moves json;
BEGIN
  WITH closed AS (
    UPDATE reservation SET closed_at = p_now, settled_micro_usd = coalesce(s.usd, reservation.micro_usd),
        settled_tokens = coalesce(s.tokens, reservation.tokens)
      FROM json_to_recordset(p_settles) AS s(id uuid, usd bigint, tokens bigint)
      WHERE reservation.decision_id = s.id AND reservation.closed_at IS NULL
      RETURNING reservation.*
  )
  SELECT json_agg(json_build_object('owner', k.owner, 'period', k.period, 'starts', k.starts, 'reserved_usd', -c.micro_usd,
      'reserved_tokens', -c.tokens, 'usd', c.settled_micro_usd, 'tokens', c.settled_tokens, 'unpriced', 0))
    INTO moves FROM closed AS c, unnest(c.owner_ids, c.periods, c.starts_at) AS k(owner, period, starts);
  RETURN spend_in_envelopes((coalesce(moves, '[]')::jsonb || p_spends::jsonb)::json);
END $$;

-- What runs that have ended still held goes back. The caller holds their locks.
CREATE FUNCTION "release_reservations"("p_runs" uuid[], "p_now" timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  moves json;
BEGIN
  WITH closed AS (
    UPDATE reservation SET closed_at = p_now WHERE run_id = ANY(p_runs) AND closed_at IS NULL RETURNING *
  )
  SELECT json_agg(json_build_object('owner', k.owner, 'period', k.period, 'starts', k.starts, 'reserved_usd', -c.micro_usd,
      'reserved_tokens', -c.tokens, 'usd', 0, 'tokens', 0, 'unpriced', 0))
    INTO moves FROM closed AS c, unnest(c.owner_ids, c.periods, c.starts_at) AS k(owner, period, starts);
  IF moves IS NOT NULL THEN
    PERFORM spend_in_envelopes(moves);
  END IF;
END $$;
