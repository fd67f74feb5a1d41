-- As in 20261121260000_demo_removal, but whoever reads meanwhile is not the one that is stopped: what this waits for it waits for briefly,
-- gives back what it holds, and begins again. A page that was being read when its tables were locked one by one was ended as a deadlock.
CREATE OR REPLACE FUNCTION "remove_demo"() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  tables text;
  patience text := current_setting('lock_timeout');
BEGIN
  IF NOT (SELECT demo FROM configuration WHERE id = 1 FOR UPDATE) THEN
    RAISE EXCEPTION 'demo: this organisation is not a demo' USING ERRCODE = '23514', CONSTRAINT = 'demo_only';
  END IF;
  SELECT string_agg(quote_ident(c.relname), ', ') INTO STRICT tables FROM pg_class AS c
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND c.relname NOT IN ('configuration', '_prisma_migrations');
  -- The demo goes on while it is removed. Nearly everything that is written begins with its run; who began elsewhere may hold what this
  -- waits for and wait for what this holds. A tenth of a second is well within the second after which the store looks for a deadlock.
  -- Where it never finds everything free, it waits in the end as long as it takes.
  FOR attempt IN 1..50 LOOP
    PERFORM set_config('lock_timeout', CASE WHEN attempt <= 40 THEN '100ms' ELSE '0' END, true);
    BEGIN
      LOCK TABLE run IN ACCESS EXCLUSIVE MODE;
      EXECUTE 'TRUNCATE ' || tables;
      EXIT;
    EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
      IF attempt = 50 THEN
        RAISE;
      END IF;
    END;
    PERFORM pg_sleep(0.05);
  END LOOP;
  PERFORM set_config('lock_timeout', patience, true);
  UPDATE configuration SET demo = false, organisation = 'Remit', kill_switch = false, kill_switch_reason = NULL, settings = '{}',
    version = version + 1 WHERE id = 1;
  INSERT INTO audit_stream (id, head_hash) VALUES ('configuration', decode(repeat('00', 32), 'hex'));
END $$;

-- It runs as the owner: see 20261121275000_owners_functions.
DO $$
BEGIN
  EXECUTE format('ALTER FUNCTION %1$I."remove_demo"() SET search_path = %1$I, pg_temp', current_schema());
END $$;
