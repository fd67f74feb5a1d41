-- The group commit of decisions (see 20261121010000_gate) with less to read: what is the same in each row of a batch is said once.
DROP FUNCTION "commit_decisions";
CREATE FUNCTION "commit_decisions"(
  "p_stream" text, "p_seq" bigint, "p_prev" bytea, "p_now" timestamptz, "p_version" bigint, "p_notify" text,
  -- one element a run, in the order of ids: every gate locks in this order
  "r_id" text[], "r_revision" int[], "r_made" int[], "r_denied" int[], "r_escalated" int[], "r_classes" text[],
  -- runs above delegated ones, which must still not have been stopped
  "p_alive" text[],
  -- one element a decision, in the order of the chain; null for a column that is null in each
  "d_id" text[], "d_run" text[], "d_agent" text[], "d_action" text[], "d_args" text[], "d_args_hash" bytea[],
  "d_resource" text[], "d_evidence" text[], "d_estimate" text[], "d_effect" text[], "d_code" text[], "d_message" text[],
  "d_checks" text[], "d_mode" text[], "d_redeems" text[], "d_review" timestamptz[], "d_key" text[], "d_request" bytea[],
  "d_latency" int[], "d_audit" text[], "d_hash" bytea[],
  -- approvals that are asked for, or null
  "p_approvals" json
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  touched int;
BEGIN
  UPDATE run SET revision = run.revision + 1, decisions = run.decisions + r.made, denials = run.denials + r.denied,
      escalations = run.escalations + r.escalated,
      data_classes = CASE WHEN r.classes IS NULL THEN run.data_classes ELSE r.classes::text[] END,
      lease_until = CASE WHEN run.lease_until < p_now + make_interval(secs => run.lease_seconds / 2)
        THEN least(p_now + make_interval(secs => run.lease_seconds), run.token_expires_at) ELSE run.lease_until END
    FROM unnest(r_id, r_revision, r_made, r_denied, r_escalated, r_classes) AS r(id, revision, made, denied, escalated, classes)
    WHERE run.id = r.id::uuid AND run.revision = r.revision AND run.status = 'running' AND run.token_revoked_at IS NULL
      AND run.lease_until > p_now AND run.token_expires_at > p_now;
  GET DIAGNOSTICS touched = ROW_COUNT;
  IF touched <> cardinality(r_id) THEN
    RAISE EXCEPTION 'a run changed' USING ERRCODE = 'RM002';
  END IF;

  IF p_alive IS NOT NULL THEN
    SELECT count(*) INTO touched FROM unnest(p_alive) AS a(id) JOIN run ON run.id = a.id::uuid
      WHERE run.status NOT IN ('halted', 'lost') AND run.token_revoked_at IS NULL;
    IF touched <> cardinality(p_alive) THEN
      RAISE EXCEPTION 'a delegating run changed' USING ERRCODE = 'RM002';
    END IF;
  END IF;

  IF d_redeems IS NOT NULL THEN
    UPDATE approval SET redeemed_at = p_now
      FROM unnest(d_redeems, d_run, d_action, d_args_hash) AS d(id, run, action, args_hash)
      WHERE d.id IS NOT NULL AND approval.id = d.id::uuid AND approval.run_id = d.run::uuid AND approval.action = d.action
        AND approval.args_hash = d.args_hash AND approval.state = 'approved' AND approval.redeemed_at IS NULL
        AND approval.valid_until > p_now;
    GET DIAGNOSTICS touched = ROW_COUNT;
    IF touched <> cardinality(array_remove(d_redeems, NULL)) THEN
      RAISE EXCEPTION 'an approval changed' USING ERRCODE = 'RM003';
    END IF;
  END IF;

  INSERT INTO decision (id, run_id, agent_id, action, args, args_hash, resource, evidence, estimate, effect, code, message,
      checks, mode, config_version, redeemed_approval_id, review_deadline, idempotency_key, request_hash, latency_us, at)
    SELECT id::uuid, run::uuid, agent::uuid, action, args::json, args_hash, resource::json, evidence::json, estimate::json,
        effect::effect, code, message, checks::json, mode::run_mode, p_version, redeems::uuid, review, key, request, latency, p_now
      FROM unnest(d_id, d_run, d_agent, d_action, d_args, d_args_hash, d_resource, d_evidence, d_estimate, d_effect, d_code,
          d_message, d_checks, d_mode, d_redeems, d_review, d_key, d_request, d_latency)
        AS d(id, run, agent, action, args, args_hash, resource, evidence, estimate, effect, code, message, checks, mode,
          redeems, review, key, request, latency);

  IF p_approvals IS NOT NULL THEN
    INSERT INTO approval (id, decision_id, run_id, agent_id, action, args, args_hash, code, risk, approver_ids, excluded_ids,
        requested_at, deadline)
      SELECT a.id, d.id, d.run_id, d.agent_id, d.action, d.args, d.args_hash, d.code, a.risk, a.approver_ids, a.excluded_ids,
          d.at, a.deadline
        FROM json_to_recordset(p_approvals) AS a(id uuid, decision_id uuid, risk impact, approver_ids uuid[],
          excluded_ids uuid[], deadline timestamptz)
        JOIN decision AS d ON d.id = a.decision_id;
  END IF;

  INSERT INTO audit_record (stream, seq, at, actor_kind, actor_id, action, subject_kind, subject_id, node_id, body, prev_hash, hash)
    SELECT p_stream, p_seq + ord, p_now, 'agent', agent, 'decision.' || effect, 'decision', id, agent::uuid, body, prev, hash
      FROM unnest(d_id, d_agent, d_effect, d_audit, p_prev || trim_array(d_hash, 1), d_hash) WITH ORDINALITY
        AS d(id, agent, effect, body, prev, hash, ord);

  UPDATE audit_stream SET seq = p_seq + cardinality(d_id), head_hash = d_hash[cardinality(d_id)], updated_at = p_now
    WHERE id = p_stream AND seq = p_seq AND head_hash = p_prev;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the stream moved' USING ERRCODE = 'RM004';
  END IF;

  IF (SELECT version FROM configuration WHERE id = 1) IS DISTINCT FROM p_version THEN
    RAISE EXCEPTION 'the configuration changed' USING ERRCODE = 'RM001';
  END IF;

  IF p_notify IS NOT NULL THEN
    PERFORM pg_notify('remit', p_notify);
  END IF;
END $$;

-- The same rule, cheaper to prepare: PostgreSQL reads a table's checks anew for every statement, and this table is updated with every batch.
ALTER TABLE "run" DROP CONSTRAINT "run_counts";
ALTER TABLE "run" ADD CONSTRAINT "run_counts" CHECK (
  least("decisions", "denials", "escalations", "events", "unpriced_calls", "depth") >= 0
  AND least("cost_micro_usd", "input_tokens", "output_tokens") >= 0 AND "depth" <= 64);
