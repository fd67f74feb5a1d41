import { pino } from "pino";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";

import { createDesk, type Desk } from "@/e2e/api/desk-testing";
import { until } from "@/e2e/api/gate-process";
import { createCredential } from "@/lib/agents/credential-create";
import { revokeCredential } from "@/lib/agents/credential-revoke";
import { createApp } from "@/lib/gate/app";
import { ask as askGate } from "@/lib/gate/ask";
import { bearerOfHeader } from "@/lib/gate/caller";
import { Gate } from "@/lib/gate/gate";

const LIMIT_MS = 20_000;

let desk: Desk;
let gate: Gate;
let owner: Client;
beforeAll(async () => {
  desk = await createDesk();
  gate = new Gate({ url: desk.database.runtimeUrl, log: pino({ level: "silent" }), deadlineMs: LIMIT_MS });
  gate.start();
  await until(async () => gate.ready || (await gate.snapshots.get().then(() => gate.ready)), LIMIT_MS);
});
afterAll(async () => {
  await gate.close();
  await desk.close();
});
beforeEach(async () => {
  owner = new Client({ connectionString: desk.database.ownerUrl });
  await owner.connect();
  return () => owner.end();
});

const post = async (path: string, bearer: string, body: object) => {
  const response = await createApp(gate, { metrics: false }).request(`/api/v1${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, string>;
};
const startRun = (credential = desk.credential) => post("/runs", credential, { trigger: { kind: "test" } });
const ask = (run: Record<string, string>) =>
  post(`/runs/${run.runId}/decisions`, run.token ?? "", { action: "desk.note", args: {} });

async function anotherCredential() {
  const made = await createCredential(desk.context, { agentId: desk.id("desk"), name: "short-lived" });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

/** Revokes, and waits until this gate evaluates under that. */
async function revoke(id: string): Promise<void> {
  expect(await revokeCredential(desk.context, { id })).toMatchObject({ ok: true });
  const { version } = await desk.database.db.configuration.findUniqueOrThrow({ where: { id: 1 } });
  await until(() => Promise.resolve(gate.snapshots.current?.version === version), LIMIT_MS);
}

const waiting = async (): Promise<number> =>
  (await owner.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"))
    .rowCount ?? 0;

it("I9: a credential revoked while the other runs of its batch are read is not good any more", async () => {
  const { id, secret } = await anotherCredential();
  const others = await Promise.all(Array.from({ length: 3 }, () => startRun()));
  await Promise.all(others.map(ask));
  // Raises the version: what is known of the others is out of date from here on.
  await anotherCredential();
  const run = await startRun(secret);
  expect(await ask(run)).toMatchObject({ effect: "allow" });
  // Runs are read with their facts.
  await owner.query("BEGIN");
  await owner.query("LOCK TABLE run_fact IN ACCESS EXCLUSIVE MODE");
  // Asked at once, so that they are one batch.
  const asked = [...others, run].map(({ runId = "", token }) =>
    askGate(gate, {
      bearer: bearerOfHeader(`Bearer ${token}`),
      runId,
      key: null,
      text: JSON.stringify({ action: "desk.note", args: {} }),
      arrivedMs: performance.now(),
    }),
  );
  await until(async () => (await waiting()) === 1, LIMIT_MS);
  await revoke(id);
  await owner.query("COMMIT");
  const answers = (await Promise.all(asked)).map((text): unknown => JSON.parse(text));
  expect(answers.pop()).toMatchObject({ effect: "deny", code: "credential_revoked" });
  for (const answer of answers) expect(answer).toMatchObject({ effect: "allow" });
});

it("I9: nor one that is revoked between the last look of a commit and its end", async () => {
  const { id, secret } = await anotherCredential();
  const run = await startRun(secret);
  expect(await ask(run)).toMatchObject({ effect: "allow" });
  // What a commit does at its very end, as long as a disk takes.
  await owner.query(`CREATE TABLE slow_disk ();
    INSERT INTO slow_disk DEFAULT VALUES;
    GRANT SELECT ON slow_disk TO remit_runtime;
    CREATE FUNCTION wait_for_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      WHILE EXISTS (SELECT FROM slow_disk) LOOP PERFORM pg_sleep(0.01); END LOOP; RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER slow_disk AFTER INSERT ON decision DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
      EXECUTE FUNCTION wait_for_disk()`);
  const first = ask(run);
  await until(
    async () =>
      (
        await owner.query(
          "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'",
        )
      ).rowCount === 1,
    LIMIT_MS,
  );
  await revoke(id);
  // The run is read again, as whoever shows its token may have it.
  const seen = await createApp(gate, { metrics: false }).request(`/api/v1/runs/${run.runId}`, {
    headers: { authorization: `Bearer ${run.token}` },
  });
  expect(seen.status).toBe(200);
  await owner.query("DELETE FROM slow_disk");
  expect(await first).toMatchObject({ effect: "allow" });
  expect(await ask(run)).toMatchObject({ effect: "deny", code: "credential_revoked" });
});
