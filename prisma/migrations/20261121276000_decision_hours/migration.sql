-- CreateTable
CREATE TABLE "decision_hour" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "agent_id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "effect" "effect" NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "decision_hour_pkey" PRIMARY KEY ("hour","agent_id","action","code","effect")
);

-- CreateTable
CREATE TABLE "decision_hours_counted" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "decision_hours_counted_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "approval_snooze_until_idx" ON "approval_snooze"("until");

-- Counts the live decisions of the next hour that is over, and has been for five minutes, which is far longer than any commit takes: nothing
-- can be added to it any more. Returns whether it counted one. Hours before p_from, which nobody looks at, are left out and forgotten. One
-- worker counts at a time; each hour is counted in the statement that says so, and once, whoever crashes.
CREATE FUNCTION "count_decision_hour"("p_now" timestamptz, "p_from" timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  since timestamptz;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('count_decision_hour'));
  DELETE FROM decision_hour WHERE hour < p_from;
  SELECT until INTO since FROM decision_hours_counted;
  IF since IS NULL THEN
    SELECT date_trunc('hour', min(at), 'UTC') INTO since FROM decision;
  END IF;
  IF since IS NULL THEN
    RETURN false;
  END IF;
  since := greatest(since, date_trunc('hour', p_from, 'UTC'));
  IF since + interval '1 hour 5 minutes' > p_now THEN
    RETURN false;
  END IF;
  INSERT INTO decision_hour (hour, agent_id, action, code, effect, count)
    SELECT since, agent_id, action, code, effect, count(*) FROM decision
      WHERE at >= since AND at < since + interval '1 hour' AND mode = 'live' GROUP BY agent_id, action, code, effect;
  INSERT INTO decision_hours_counted (id, until) VALUES (1, since + interval '1 hour')
    ON CONFLICT (id) DO UPDATE SET until = excluded.until;
  RETURN true;
END $$;

REVOKE ALL ON FUNCTION "count_decision_hour"(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION "count_decision_hour"(timestamptz, timestamptz) TO "remit_runtime";
GRANT SELECT, INSERT, DELETE ON "decision_hour" TO "remit_runtime";
GRANT SELECT, INSERT, UPDATE ON "decision_hours_counted" TO "remit_runtime";
