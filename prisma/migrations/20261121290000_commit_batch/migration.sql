-- commit_decisions and commit_charged as one function: what was asked of the configuration after each of them is asked once, after the last wait.
DROP FUNCTION "commit_charged"(text, bigint, bytea, timestamptz, bigint, "run_change"[], uuid[], "new_decision"[], boolean, json, "envelope_charge"[],
  json);
DROP FUNCTION "commit_decisions"(text, bigint, bytea, timestamptz, bigint, "run_change"[], uuid[], "new_decision"[], boolean, json);

-- Stores a batch of decisions as a whole, or nothing of it, with what they reserve in envelopes (I6). Whoever charges the same row of an
-- envelope waits until this commits, so that it comes late; if a row holds less than it did when the batch was evaluated, nothing is written.
-- Returns the rows of envelope_use that it charged, as they are now.
CREATE FUNCTION "commit_batch"(
  "p_stream" text, "p_seq" bigint, "p_prev" bytea, "p_now" timestamptz, "p_version" bigint,
  -- in the order of ids: every gate locks in this order
  "p_runs" "run_change"[],
  -- runs above delegated ones, which must still not have been stopped
  "p_alive" uuid[],
  -- in the order of the chain
  "p_decisions" "new_decision"[],
  -- some of them use up an approval
  "p_redeems" boolean,
  -- approvals that are asked for, or null
  "p_approvals" json,
  -- in the order of owner, period, start: every change locks in this order; null is none
  "p_charges" "envelope_charge"[],
  -- of decisions that hold money or tokens, or null
  "p_reservations" json
) RETURNS json LANGUAGE plpgsql AS $$
DECLARE
  touched int;
  last_hash bytea;
  charged json;
BEGIN
  -- "IS TRUE" keeps conditions away from the planner's choice of an index: every run is to be found by its id. By the index of open
  -- runs each batch would read all of them.
  UPDATE run SET revision = run.revision + 1, decisions = run.decisions + r.made, denials = run.denials + r.denied,
      escalations = run.escalations + r.escalated,
      data_classes = CASE WHEN r.classes IS NULL THEN run.data_classes ELSE r.classes::text[] END,
      rate_tat_us = r.tat,
      lease_until = CASE WHEN run.lease_until < p_now + make_interval(secs => run.lease_seconds / 2)
        THEN least(p_now + make_interval(secs => run.lease_seconds), run.token_expires_at) ELSE run.lease_until END
    FROM unnest(p_runs) AS r
    WHERE run.id = r.id AND run.revision = r.revision AND (run.status = 'running') IS TRUE AND (run.token_revoked_at IS NULL) IS TRUE
      AND (run.lease_until > p_now) IS TRUE AND (run.token_expires_at > p_now) IS TRUE;
  GET DIAGNOSTICS touched = ROW_COUNT;
  IF touched <> cardinality(p_runs) THEN
    RAISE EXCEPTION 'a run changed' USING ERRCODE = 'RM002';
  END IF;

  IF p_alive IS NOT NULL THEN
    SELECT count(*) INTO touched FROM unnest(p_alive) AS a(id) JOIN run ON run.id = a.id
      WHERE (run.status NOT IN ('halted', 'lost')) IS TRUE AND (run.token_revoked_at IS NULL) IS TRUE;
    IF touched <> cardinality(p_alive) THEN
      RAISE EXCEPTION 'a delegating run changed' USING ERRCODE = 'RM002';
    END IF;
  END IF;

  IF p_redeems THEN
    UPDATE approval SET redeemed_at = p_now FROM unnest(p_decisions) AS d
      WHERE d.redeems IS NOT NULL AND approval.id = d.redeems AND (approval.run_id = d.run) IS TRUE AND approval.action = d.action
        AND approval.args_hash = d.args_hash AND (approval.state = 'approved') IS TRUE AND (approval.redeemed_at IS NULL) IS TRUE
        AND approval.valid_until > p_now AND (approval.release_at IS NULL OR approval.release_at <= p_now);
    GET DIAGNOSTICS touched = ROW_COUNT;
    IF touched <> (SELECT count(redeems) FROM unnest(p_decisions)) THEN
      RAISE EXCEPTION 'an approval changed' USING ERRCODE = 'RM003';
    END IF;
  END IF;

  WITH d AS MATERIALIZED (SELECT * FROM unnest(p_decisions) WITH ORDINALITY),
  kept AS (
    INSERT INTO decision (id, run_id, agent_id, action, args, args_hash, resource, evidence, estimate, effect, code, message,
        checks, mode, config_version, redeemed_approval_id, review_deadline, idempotency_key, request_hash, latency_us, at)
      SELECT id, run, agent, action, args, args_hash, resource, evidence, estimate, effect::effect, code, message,
          checks, mode::run_mode, p_version, redeems, review, key, request, latency, p_now FROM d
  )
  INSERT INTO audit_record (stream, seq, at, actor_kind, actor_id, action, subject_kind, subject_id, node_id, body, prev_hash, hash)
    SELECT p_stream, p_seq + ordinality, p_now, 'agent', agent, 'decision.' || effect, 'decision', id, agent, body, prev, hash FROM d;

  IF p_approvals IS NOT NULL THEN
    INSERT INTO approval (id, decision_id, run_id, agent_id, action, args, args_hash, code, risk, approver_ids, excluded_ids,
        requested_at, deadline, quorum, asked_ids, route, route_step, next_contact_at)
      SELECT a.id, d.id, d.run_id, d.agent_id, d.action, d.args, d.args_hash, d.code, a.risk, a.approver_ids, a.excluded_ids,
          d.at, a.deadline, coalesce(a.quorum, 1), coalesce(a.asked_ids, a.approver_ids), a.route, coalesce(a.route_step, 0), a.next_contact_at
        FROM json_to_recordset(p_approvals) AS a(id uuid, decision_id uuid, risk impact, approver_ids uuid[],
          excluded_ids uuid[], deadline timestamptz, quorum int, asked_ids uuid[], route json, route_step int,
          next_contact_at timestamptz)
        JOIN decision AS d ON d.id = a.decision_id;
  END IF;

  last_hash := (p_decisions[cardinality(p_decisions)]).hash;
  UPDATE audit_stream SET seq = p_seq + cardinality(p_decisions), head_hash = last_hash, updated_at = p_now
    WHERE id = p_stream AND seq = p_seq AND head_hash = p_prev;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the stream moved' USING ERRCODE = 'RM004';
  END IF;

  IF p_reservations IS NOT NULL THEN
    INSERT INTO reservation (decision_id, run_id, micro_usd, tokens, owner_ids, periods, starts_at)
      SELECT r.decision_id, r.run_id, r.micro_usd, r.tokens, r.owner_ids, r.periods, r.starts_at
        FROM json_to_recordset(p_reservations) AS r(decision_id uuid, run_id uuid, micro_usd bigint, tokens bigint,
          owner_ids uuid[], periods envelope_period[], starts_at timestamptz[]);
  END IF;

  IF p_charges IS NOT NULL THEN
    -- What is used up takes nothing more, not even what asks for none of it.
    WITH used AS (
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
        settled_micro_usd, settled_tokens, calls, unpriced_calls)) INTO charged FROM used;
    IF coalesce(json_array_length(charged), 0) <> cardinality(p_charges) THEN
      RAISE EXCEPTION 'an envelope changed' USING ERRCODE = 'RM005';
    END IF;
  END IF;

  -- Last, in a snapshot of its own (READ COMMITTED), after every wait: a change that was committed before a request arrived binds it.
  IF (SELECT version FROM configuration WHERE id = 1) IS DISTINCT FROM p_version THEN
    RAISE EXCEPTION 'the configuration changed' USING ERRCODE = 'RM001';
  END IF;
  RETURN charged;
END $$;
