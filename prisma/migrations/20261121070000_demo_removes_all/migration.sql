-- Every table of the product is emptied, whichever a later migration adds: a list by hand is forgotten.
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
  EXECUTE 'TRUNCATE ' || tables;
  UPDATE configuration SET demo = false, organisation = 'Remit', kill_switch = false, kill_switch_reason = NULL, settings = '{}',
    version = version + 1 WHERE id = 1;
  INSERT INTO audit_stream (id, head_hash) VALUES ('configuration', decode(repeat('00', 32), 'hex'));
END $$;
