-- A session's temporary tables come before every schema that a search path names, unless it names pg_temp itself: a runtime role that
-- made a "configuration" of its own could have remove_demo() empty an organisation that is no demo. What runs as the owner, and what
-- guards a table by looking at others, therefore looks in its own schema, and among temporary tables last.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['ensure_event_days(date, int)', 'begin_demo()', 'remove_demo()', 'node_keeps_tree()', 'grant_lives_once()',
    'promotion_waits_once()'] LOOP
    EXECUTE format('ALTER FUNCTION %1$I.%2$s SET search_path = %1$I, pg_temp', current_schema(), name);
  END LOOP;
END $$;

-- Rows that the runtime role may only add: nobody else changes them either.
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "approval_view" FOR EACH ROW EXECUTE FUNCTION "append_only"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "incident_run" FOR EACH ROW EXECUTE FUNCTION "append_only"();
CREATE TRIGGER "append_only" BEFORE UPDATE OR DELETE ON "rollback_attempt" FOR EACH ROW EXECUTE FUNCTION "append_only"();
