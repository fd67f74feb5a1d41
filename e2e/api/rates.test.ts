import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, DESK, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { call, startRun, type Answer, type TestRun } from "@/e2e/api/http";
import { createCredential } from "@/lib/agents/credential-create";
import { seed } from "@/lib/manifest/testing";

/** Periods so long that nothing comes back while the test lasts. */
const LIMITED = DESK.replace('grants: ["desk.*"]\n', 'grants: ["desk.*"]\n        rate: {run: 20/d}\n').replace(
  'grants: ["desk.read_*"]}',
  'grants: ["desk.read_*"], rate: {run: unlimited, agent: 30/d}}',
);

let desk: Desk;
let gates: [GateProcess, GateProcess];
let other: string;
beforeAll(async () => {
  desk = await createDesk(LIMITED);
  gates = await Promise.all([startGateProcess(desk.database.runtimeUrl), startGateProcess(desk.database.runtimeUrl)]);
  const made = await createCredential(desk.context, { agentId: desk.id("other"), name: "test" });
  other = made.ok ? made.value.secret : "";
});
afterAll(async () => {
  await Promise.all(gates.map((gate) => gate.stop()));
  await desk.close();
});

/** Asks so often at once, now by one gate and now by the other, for these runs in turn. */
const flood = (runs: readonly TestRun[], times: number, action: string, args: object): Promise<Answer[]> =>
  Promise.all(
    Array.from({ length: times }, (_, index) => {
      const run = runs[index % runs.length];
      const gate = gates[(index >> 1) & 1];
      if (!run || !gate) throw new Error("nobody to ask");
      return call(gate.url, "POST", `/runs/${run.id}/decisions`, { bearer: run.token, body: { action, args } });
    }),
  );
const tally = (answers: readonly Answer[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const key = status === 200 ? String(body.code) : `${status}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
};

describe("limits of rate", () => {
  it("a run's: two gates together admit as many as it says, and not one more", async () => {
    const run = await startRun(gates[0].url, desk.credential);
    expect(tally(await flood([run], 60, "desk.note", {}))).toEqual({ allowed: 20, rate_limited: 40 });
    const refused = await run.ask("desk.note");
    expect(refused).toMatchObject({ status: 200, body: { effect: "deny", code: "rate_limited" } });
    expect(refused.body.retryAfterMs).toBeGreaterThan(3_600_000);
    expect(String(refused.body.message)).toContain("Ask again in");
  });

  it("are each run's own", async () => {
    const [one, two] = [await startRun(gates[0].url, desk.credential), await startRun(gates[1].url, desk.credential)];
    expect(tally(await flood([one, two], 60, "desk.note", {}))).toEqual({ allowed: 40, rate_limited: 20 });
  });

  it("an agent's: of all its runs on all gates together", async () => {
    const runs = await Promise.all([0, 1, 0, 1, 0].map((gate) => startRun(gates[gate]?.url ?? "", other)));
    expect(tally(await flood(runs, 90, "desk.read_order", { id: "1" }))).toEqual({ allowed: 30, rate_limited: 60 });
    const stored = await desk.database.db.agentRate.findMany();
    expect(stored.map((row) => row.agentId)).toEqual([desk.id("other")]);
  });

  it("what other checks deny counts as well", async () => {
    const run = await startRun(gates[0].url, desk.credential);
    expect(tally(await flood([run], 20, "desk.wipe", {}))).toEqual({ policy_denied: 20 });
    expect((await run.ask("desk.note")).body).toMatchObject({ code: "rate_limited" });
  });

  it("a refusal is repeated as it was", async () => {
    const run = await startRun(gates[0].url, desk.credential);
    await flood([run], 20, "desk.note", {});
    const first = await run.ask("desk.note", {}, { key: "again" });
    expect(first.body).toMatchObject({ code: "rate_limited" });
    expect((await run.ask("desk.note", {}, { key: "again" })).body).toEqual(first.body);
  });

  it("another limit binds the next request: a wider one lets it in sooner, none lets it in", async () => {
    const run = await startRun(gates[0].url, desk.credential);
    await flood([run], 21, "desk.note", {});
    const narrow = (await run.ask("desk.note")).body;
    expect(narrow).toMatchObject({ code: "rate_limited" });
    await seed(desk.database.db, LIMITED.replace("20/d", "80/d"));
    const wide = (await run.ask("desk.note")).body;
    expect(Number(wide.retryAfterMs)).toBeLessThan(Number(narrow.retryAfterMs) / 2);
    await seed(desk.database.db, LIMITED.replace("20/d", "unlimited"));
    expect((await run.ask("desk.note")).body).toMatchObject({ effect: "allow" });
    await seed(desk.database.db, LIMITED);
  });
});
