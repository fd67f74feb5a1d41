-- As before, but the streams of runs (`gate/<id>/runs/<n>`) are left out: they hold no decisions, and were read all the same.
CREATE OR REPLACE FUNCTION "take_decisions"("p_reader" text, "p_limit" int) RETURNS SETOF uuid LANGUAGE plpgsql AS $$
DECLARE
  head record;
  left_over bigint := p_limit;
  upto bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('decision_cursor ' || p_reader, 0));
  FOR head IN
    SELECT s.id, s.seq, coalesce(c.seq, 0) AS done
      FROM audit_stream AS s LEFT JOIN decision_cursor AS c ON c.stream = s.id AND c.reader = p_reader
      WHERE s.seq > coalesce(c.seq, 0) AND s.id LIKE 'gate/%' AND s.id NOT LIKE '%/runs/%' ORDER BY s.updated_at, s.id
  LOOP
    EXIT WHEN left_over <= 0;
    upto := least(head.seq, head.done + left_over);
    RETURN QUERY SELECT r.subject_id::uuid FROM audit_record AS r
      WHERE r.stream = head.id AND r.seq > head.done AND r.seq <= upto AND r.subject_kind = 'decision';
    INSERT INTO decision_cursor AS c (reader, stream, seq) VALUES (p_reader, head.id, upto)
      ON CONFLICT (reader, stream) DO UPDATE SET seq = excluded.seq;
    left_over := left_over - (upto - head.done);
  END LOOP;
END $$;
