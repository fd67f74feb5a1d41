import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { engineeringJobs } from "@/lib/demo/jobs/engineering";
import { financeJobs } from "@/lib/demo/jobs/finance";
import { growthJobs } from "@/lib/demo/jobs/growth";
import { supportJobs } from "@/lib/demo/jobs/support";
import { loadDemo } from "@/lib/demo/load";
import { DEMO_LOGINS, DEMO_PASSWORD } from "@/lib/demo/login";
import { removeDemo } from "@/lib/demo/remove";
import { operator } from "@/lib/manifest/testing";
import { verifyPassword } from "@/lib/people/password";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

describe("the demo organisation", () => {
  it("loads whole, is marked as a demo, and its logins work", async () => {
    const loaded = await loadDemo(operator(database.db));
    expect(loaded).toMatchObject({ ok: true });
    expect(await database.db.agent.count()).toBe(30);
    expect(await database.db.configuration.findUnique({ where: { id: 1 } })).toMatchObject({
      demo: true,
      organisation: "Larkfield",
    });
    for (const { email } of DEMO_LOGINS) {
      const person = await database.db.person.findUnique({ where: { email } });
      expect(await verifyPassword(person?.passwordHash ?? null, DEMO_PASSWORD)).toBe(true);
    }
  });

  it("tells its admin of a policy that is proposed", async () => {
    const told = await database.db.notification.findMany({ include: { notice: true, person: true } });
    expect(told.map((one) => [one.person.email, one.notice.kind])).toEqual([
      ["nora@larkfield.example", "policy_draft.proposed"],
    ]);
  });

  it("gives every agent a job, and no job to a stranger", async () => {
    const slugs = await database.db.node.findMany({ where: { kind: "agent" }, select: { slug: true } });
    const jobs = [...supportJobs, ...financeJobs, ...engineeringJobs, ...growthJobs];
    const working = new Set(jobs.flatMap((job) => [job.agent, ...(job.delegates ? [job.delegates.agent] : [])]));
    expect([...working].toSorted()).toEqual(slugs.map((node) => node.slug).toSorted());
  });

  it("is not loaded over an organisation", async () => {
    expect(await loadDemo(operator(database.db))).toMatchObject({ ok: false, error: { code: "demo_needs_empty" } });
  });

  it("does not end what is being read while it is removed", async () => {
    const reader = new Client({ connectionString: database.ownerUrl });
    await reader.connect();
    // It would look for a deadlock, and find itself in one, before the removal does.
    await reader.query("SET deadlock_timeout = '600ms'");
    await reader.query("BEGIN");
    await reader.query("SELECT FROM node LIMIT 1");
    const removed = removeDemo(operator(database.db));
    const locked = "SELECT FROM pg_locks WHERE relation = 'run'::regclass AND mode = 'AccessExclusiveLock' AND granted";
    await expect.poll(async () => (await reader.query(locked)).rowCount, { interval: 1 }).toBe(1);
    expect((await reader.query("SELECT FROM run")).rowCount).toBe(0);
    await reader.query("COMMIT");
    await reader.end();
    expect(await removed).toMatchObject({ ok: true });
  });

  it("is removed with all that happened in it, once", async () => {
    expect(await loadDemo(operator(database.db))).toMatchObject({ ok: true });
    expect(await removeDemo(operator(database.db))).toMatchObject({ ok: true });
    expect(await database.db.person.count()).toBe(0);
    expect(await database.db.node.count()).toBe(0);
    const records = await database.db.auditRecord.findMany({ select: { action: true, seq: true } });
    expect(records).toEqual([{ action: "demo.remove", seq: 1n }]);
    expect(await removeDemo(operator(database.db))).toMatchObject({ ok: false, error: { code: "demo_only" } });
  });

  it("cannot be feigned by the runtime role to wipe a real organisation", async () => {
    await expect(database.db.$executeRaw`UPDATE configuration SET demo = true WHERE id = 1`).rejects.toThrow(
      /permission/,
    );
  });
});
