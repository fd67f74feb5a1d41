import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";

import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";

let database: TestDatabase;
let runtime: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  runtime = new Client({ connectionString: database.runtimeUrl });
  await runtime.connect();
});

afterAll(async () => {
  await runtime.end();
  await database.close();
});

/** The one column of the rows that the owner sees. */
const column = async (sql: string): Promise<string[]> =>
  (await database.ownerDb.$queryRawUnsafe<{ value: string }[]>(sql)).map((row) => row.value);

test("I8: a temporary table in the place of one of ours removes no organisation", async () => {
  await runtime.query(
    "INSERT INTO person (id, email, name) VALUES ('019a0000-0000-7000-8000-000000000001', 'ana@example.com', 'Ana')",
  );
  await runtime.query("CREATE TEMP TABLE configuration (LIKE public.configuration INCLUDING DEFAULTS)");
  await runtime.query("INSERT INTO pg_temp.configuration (id, demo) VALUES (1, true)");
  await expect(runtime.query("SELECT remove_demo()")).rejects.toMatchObject({ constraint: "demo_only" });
  await runtime.query("DROP TABLE pg_temp.configuration");
  await runtime.query("CREATE TEMP TABLE person (id uuid); CREATE TEMP TABLE node (id uuid)");
  await expect(runtime.query("SELECT begin_demo()")).rejects.toMatchObject({ constraint: "demo_needs_empty" });
  await runtime.query("DROP TABLE pg_temp.person; DROP TABLE pg_temp.node");
  expect(await database.db.person.count()).toBe(1);
});

test("what runs as the owner, and guards that look at other tables, look among temporary ones last", async () => {
  const open = await column(`SELECT proname::text AS value FROM pg_proc AS f
    WHERE f.pronamespace = 'public'::regnamespace AND f.prolang = (SELECT oid FROM pg_language WHERE lanname = 'plpgsql')
      AND (f.prosecdef OR (f.prorettype = 'trigger'::regtype AND f.prosrc ~ 'RAISE EXCEPTION' AND f.prosrc ~ '\\mSELECT\\M'))
      AND NOT coalesce(f.proconfig, '{}') @> ARRAY['search_path=public, pg_temp'] ORDER BY 1`);
  expect(open).toEqual([]);
});

test("the runtime role owns no table of ours, and may neither empty one nor put a trigger on it", async () => {
  const owned = await column(
    `SELECT tablename::text AS value FROM pg_tables WHERE schemaname = 'public' AND tableowner = 'remit_runtime'`,
  );
  expect(owned).toEqual([]);
  const granted =
    await column(`SELECT DISTINCT table_name || ' ' || privilege_type AS value FROM information_schema.role_table_grants
    WHERE table_schema = 'public' AND grantee IN ('remit_runtime', 'PUBLIC')
      AND privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE') ORDER BY 1`);
  expect(granted).toEqual([]);
});

test("I8: what is append-only is so by privilege and by trigger, in each of its partitions", async () => {
  const guarded =
    await column(`SELECT DISTINCT c.relname::text AS value FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
    WHERE t.tgname = 'append_only' AND t.tgenabled = 'O' AND NOT c.relispartition ORDER BY 1`);
  expect(guarded).toEqual(
    expect.arrayContaining(["agent_version", "audit_record", "decision", "event", "policy_version"]),
  );
  const changeable = await column(`SELECT DISTINCT c.relname || ' ' || p.privilege AS value
    FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
      CROSS JOIN LATERAL unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS p(privilege)
    WHERE t.tgname = 'append_only' AND (has_table_privilege('remit_runtime', c.oid, p.privilege)
      OR (p.privilege = 'UPDATE' AND has_any_column_privilege('remit_runtime', c.oid, 'UPDATE'))) ORDER BY 1`);
  expect(changeable).toEqual([]);
  // A table that nobody changes or deletes from has the trigger as well: the owner makes mistakes, too.
  const unguarded = await column(`SELECT c.relname::text AS value FROM pg_class AS c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND has_table_privilege('remit_runtime', c.oid, 'INSERT') AND NOT has_any_column_privilege('remit_runtime', c.oid, 'UPDATE')
      AND NOT has_table_privilege('remit_runtime', c.oid, 'DELETE')
      AND NOT EXISTS (SELECT 1 FROM pg_trigger AS t WHERE t.tgrelid = c.oid AND t.tgname = 'append_only') ORDER BY 1`);
  expect(unguarded).toEqual([]);
  const partitions =
    await column(`SELECT c.relname::text AS value FROM pg_class AS c WHERE c.relispartition AND c.relkind = 'r'
      AND NOT EXISTS (SELECT 1 FROM pg_trigger AS t WHERE t.tgrelid = c.oid AND t.tgname = 'append_only') ORDER BY 1`);
  expect(partitions).toEqual([]);
});

test("the runtime role is no superuser, and cannot become the owner or set triggers aside", async () => {
  await expect(runtime.query("SET session_replication_role = replica")).rejects.toThrow("permission denied");
  await expect(runtime.query("ALTER TABLE audit_record DISABLE TRIGGER append_only")).rejects.toThrow("must be owner");
  await expect(runtime.query("TRUNCATE audit_record")).rejects.toThrow("permission denied");
  await expect(runtime.query("COPY audit_record FROM PROGRAM 'true'")).rejects.toThrow("permission denied");
  const [role] = await database.ownerDb.$queryRawUnsafe<{ powers: string[] }[]>(
    `SELECT array_remove(ARRAY[CASE WHEN rolsuper THEN 'superuser' END, CASE WHEN rolcreaterole THEN 'createrole' END,
       CASE WHEN rolcreatedb THEN 'createdb' END, CASE WHEN rolbypassrls THEN 'bypassrls' END,
       CASE WHEN rolreplication THEN 'replication' END], NULL) AS powers FROM pg_roles WHERE rolname = 'remit_runtime'`,
  );
  expect(role?.powers).toEqual([]);
  const memberOf =
    await column(`SELECT r.rolname::text AS value FROM pg_auth_members AS m JOIN pg_roles AS r ON r.oid = m.roleid
    WHERE m.member = 'remit_runtime'::regrole`);
  expect(memberOf).toEqual([]);
});
