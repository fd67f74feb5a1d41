-- As in 20261121070000_demo_removes_all, and patient with what is being written.
CREATE OR REPLACE FUNCTION "remove_demo"() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  tables text;
BEGIN
  IF NOT (SELECT demo FROM configuration WHERE id = 1 FOR UPDATE) THEN
    RAISE EXCEPTION 'demo: this organisation is not a demo' USING ERRCODE = '23514', CONSTRAINT = 'demo_only';
  END IF;
  SELECT string_agg(quote_ident(c.relname), ', ') INTO STRICT tables FROM pg_class AS c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND c.relname NOT IN ('configuration', '_prisma_migrations');
  -- The demo goes on while it is removed. Nearly everything that is written begins with its run; who began elsewhere may hold what this
  -- waits for and wait for what this holds: one of the two is stopped, and if it is this one, it begins again.
  FOR attempt IN 1..10 LOOP
    BEGIN
      LOCK TABLE run IN ACCESS EXCLUSIVE MODE;
      EXECUTE 'TRUNCATE ' || tables;
      EXIT;
    EXCEPTION WHEN deadlock_detected THEN
      IF attempt = 10 THEN
        RAISE;
      END IF;
    END;
  END LOOP;
  UPDATE configuration SET demo = false, organisation = 'Remit', kill_switch = false, kill_switch_reason = NULL, settings = '{}',
    version = version + 1 WHERE id = 1;
  INSERT INTO audit_stream (id, head_hash) VALUES ('configuration', decode(repeat('00', 32), 'hex'));
END $$;
