import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createDesk, DESK, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, until, type GateProcess } from "@/e2e/api/gate-process";
import { dice } from "@/e2e/faults/dice";
import { createCredential } from "@/lib/agents/credential-create";
import { envelopeFaults } from "@/lib/budgets/verify";
import { RemitClient, type RunClient } from "@/lib/client/client";
import { newId } from "@/lib/kernel/ids";

const SEED = 20_261_121;
const KILLS = 6;
const AGENTS = 8;
const MANIFEST = DESK.replace(
  "lead: ana@example.com\n",
  "lead: ana@example.com\n    envelope: {month: {usd: 40, calls: 400}}\n",
)
  .replace(
    'grants: ["desk.*"]\n',
    'grants: ["desk.*"]\n        envelope: {run: {usd: 3}, day: {usd: 25, tokens: 90000}}\n',
  )
  .replace('grants: ["desk.read_*"]}', 'grants: ["desk.*"], envelope: {hour: {usd: 20}, run: {calls: 5}}}');

let desk: Desk;
let gates: GateProcess[];
let credentials: string[];
beforeAll(async () => {
  desk = await createDesk(MANIFEST);
  gates = await Promise.all([startGateProcess(desk.database.runtimeUrl), startGateProcess(desk.database.runtimeUrl)]);
  const other = await createCredential(desk.context, { agentId: desk.id("other"), name: "load" });
  credentials = [desk.credential, other.ok ? other.value.secret : ""];
});
afterAll(async () => {
  await Promise.all(gates.map((gate) => gate.stop()));
  await desk.close();
});

const at = (): string => new Date().toISOString();

/** Model call, decision, result, over and over; some results never come, some runs end without a word of what they hold. */
async function oneRun(
  client: RemitClient,
  random: () => number,
  seen: { asked: number; allowed: number },
): Promise<void> {
  const run = await client.startRun({ trigger: { kind: "test" } }, newId());
  const acting = random() < 0.3 ? await run.delegate({ agent: "other", trigger: { kind: "test" } }, newId()) : run;
  for (let step = 0; step < 4; step += 1) await oneStep(acting, random, seen);
  if (acting !== run && random() < 0.5) await acting.complete({ outcome: "succeeded" });
  if (random() < 0.8) await run.complete({ outcome: "succeeded" });
}

async function oneStep(run: RunClient, random: () => number, seen: { asked: number; allowed: number }): Promise<void> {
  const cost = () => Math.round(random() * 400) / 1_000;
  const price = random() < 0.8 ? { costUsd: cost() / 10 } : {};
  await run.events([{ id: newId(), at: at(), kind: "llm", model: "m", inputTokens: 90, outputTokens: 9, ...price }]);
  const estimate = random() < 0.8 ? { estimate: { costUsd: cost(), tokens: 50 } } : {};
  const answer = await run.ask({ action: "desk.note", args: {}, ...estimate }, newId());
  seen.asked += 1;
  if (answer.effect !== "allow") return;
  seen.allowed += 1;
  const reported = random() < 0.5 ? { costUsd: cost(), tokens: 40 } : {};
  const result = { id: newId(), at: at(), kind: "tool" as const, decisionId: answer.decisionId, ok: true, ...reported };
  if (random() < 0.7) await run.events([result]);
}

describe("I6, I10: gates are killed while agents spend", { timeout: 600_000 }, () => {
  it("counters say what decisions, reservations and events do, and no envelope was passed by what was authorised", async () => {
    const random = dice(SEED);
    const seen = { asked: 0, allowed: 0 };
    const stopping = new AbortController();
    const agents = Array.from({ length: AGENTS }, async (_, index) => {
      const own = dice(SEED + index);
      const baseUrl = gates[index & 1]?.url ?? "";
      const client = new RemitClient(credentials[(index >> 1) & 1] ?? "", { baseUrl, retryForMs: 60_000 });
      while (!stopping.signal.aborted) await oneRun(client, own, seen);
    });
    const all = Promise.all(agents);
    let failed: unknown = null;
    all.catch((cause: unknown) => (failed = cause));
    for (let kill = 0; kill < KILLS; kill += 1) {
      const goal = seen.asked + 20 + Math.floor(random() * 40);
      await until(() => failed !== null || seen.asked >= goal, 120_000);
      const victim = gates[kill & 1];
      if (!victim || failed !== null) break;
      await victim.kill();
      gates[kill & 1] = await startGateProcess(desk.database.runtimeUrl, { port: victim.port });
    }
    stopping.abort();
    await all;
    expect(await envelopeFaults(desk.database.pool)).toEqual([]);
    const rows = await desk.database.db.envelopeUse.findMany();
    expect(rows.length).toBeGreaterThan(5);
    expect(seen.allowed).toBeGreaterThan(50);
    // Model calls may pass money that nobody could hold back; calls are only ever authorised.
    for (const { calls, limitCalls } of rows) expect(calls <= (limitCalls ?? calls)).toBe(true);
  });
});
