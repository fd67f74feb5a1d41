import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import type { Pool } from "pg";

import type { CommandContext } from "@/lib/audit/change";
import { createDb } from "@/lib/db/client";
import { createPool } from "@/lib/db/connect";
import { ROOT } from "@/lib/db/root";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import type { JsonObject } from "@/lib/kernel/json";
import { applyManifest } from "@/lib/manifest/apply";
import { publishPolicy } from "@/lib/policies/publish";
import type { Rule } from "@/lib/policies/schemas";
import { fillStore } from "@/lib/policies/simulation/fill-store";
import { runSimulation } from "@/lib/policies/simulation/run-simulation";
import type { Tally } from "@/lib/policies/simulation/tally";
import { readEnv } from "@/lib/server/env";
import { openDatabase } from "@/lib/server/home";

const DECISIONS = 100_000;
const DAYS = 30;
const DAY_MS = 86_400_000;

const MANIFEST = `
apiVersion: remit/v1
people:
  - {email: ana@example.com, name: Ana, roles: [{role: admin, node: organisation}]}
chart:
${Array.from({ length: 12 }, (_, n) => `  - {agent: agent-${n}, name: Agent ${n}, owner: ana@example.com, tier: execute, purpose: Works, grants: ["bench.*"]}`).join("\n")}
systems:
  - id: bench
    name: Bench
    actions:
      - id: bench.act
        kind: execute
        impact: low
        reversibility: reversible
        args: {type: object, properties: {id: {type: string}, amount: {type: number}, count: {type: integer}, note: {type: string}, region: {type: string},
          urgent: {type: boolean}, share: {type: number}, owner: {type: string}, tags: {type: array, items: {type: string}}, stage: {type: string}}}
      - {id: bench.look, kind: read, impact: low, reversibility: reversible, fact: {key: args.id, value: result}}
`;

/** The kinds of conditions of the rules' own benchmark. A few requests pass the first of them. */
const conditionOf = (at: number, shift: number): string => {
  const kinds = [
    `args.amount > ${1_000 + at * 10 + shift}.0 && args.region == "EMEA"`,
    `args.count > ${1_000 + at + shift} || (args.urgent && args.share > 0.5)`,
    `args.note.startsWith("refund ${at + shift}") || args.owner == "o${at + shift}"`,
    `args.stage == "lost" && args.share * 100.0 > ${at + shift}.0`,
    `"blocked-${at + shift}" in args.tags`,
  ];
  return kinds[at % kinds.length] ?? "false";
};
const rulesOf = (shift: number): Rule[] =>
  Array.from({ length: 100 }, (_, at) => ({
    id: `r${at}`,
    match: { actions: ["bench.act"] },
    when: conditionOf(at, shift),
    effect: "escalate",
  }));
const argsOf = (index: number): JsonObject => ({
  id: `A-${index}`,
  amount: (index * 7) % 1_400,
  count: index % 50,
  note: "as agreed on the phone",
  region: index % 2 === 0 ? "EMEA" : "APAC",
  urgent: false,
  share: 0.1,
  owner: `p${index % 90}`,
  tags: ["vip", "renewal"],
  stage: "won",
});

/** What one simulation took. */
interface Timed {
  tally: Tally;
  perSecond: number;
  /** Processor time of this process a decision; the database has its own. */
  cpuUs: number;
  /** MiB of the heap in use when a tenth was done and when all was, after a collection where node lets us ask for one. */
  heap: { early: number; late: number };
}

async function timed(pool: Pool, rules: readonly Rule[], now: Date): Promise<Timed> {
  const client = await pool.connect();
  const heap = { early: 0, late: 0 };
  const begun = performance.now();
  const used = process.cpuUsage();
  try {
    const tally = await runSimulation(
      client,
      {
        policy: "bench",
        rules,
        range: { from: new Date(now.getTime() - DAYS * DAY_MS), to: now, agentIds: null, action: null },
        resume: null,
      },
      ({ passed, total }) => {
        if (heap.early === 0 && passed >= total / 10) heap.early = heapMiB();
        if (passed >= total) heap.late = heapMiB();
        return Promise.resolve("continue");
      },
    );
    if (!tally) throw new Error("the simulation was stopped");
    const { user, system } = process.cpuUsage(used);
    return {
      tally,
      perSecond: (tally.decisions / (performance.now() - begun)) * 1_000,
      cpuUs: (user + system) / tally.decisions,
      heap,
    };
  } finally {
    client.release();
  }
}

function heapMiB(): number {
  global.gc?.();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

/** Simulates drafts on 100,000 stored decisions in a database of its own. Prints as it goes; returns lines for the report. */
export async function benchSimulation(): Promise<string> {
  const home = join(ROOT, ".remit", `bench-simulation-${process.pid}`);
  mkdirSync(home, { recursive: true });
  const database = await openDatabase(readEnv({ REMIT_HOME: home }));
  const pool = createPool(database.runtimeUrl, { applicationName: "remit bench" });
  try {
    const now = systemClock.now();
    await organise(pool, now);
    // Each is warmed by a first run: what a worker pays once is not what it pays for each decision.
    await timed(pool, rulesOf(7), now);
    const all = await timed(pool, rulesOf(2), now);
    const facts = await timed(pool, [...rulesOf(2), FACTS], now);
    const one = await timed(pool, rulesOf(1).with(3, { ...(rulesOf(1)[3] ?? FACTS), when: "args.share > 0.05" }), now);
    const line = (name: string, { tally, perSecond, cpuUs, heap }: Timed): string =>
      `  ${name}: ${Math.round(perSecond).toLocaleString("en-US")} decisions/s (${tally.decided.toLocaleString("en-US")} decided anew), ${cpuUs.toFixed(0)} µs of processor time each, heap ${heap.early.toFixed(0)} → ${heap.late.toFixed(0)} MiB`;
    return [
      `Simulation of ${DECISIONS.toLocaleString("en-US")} stored decisions under 100 rules (wanted: at least 5,000/s, memory flat):`,
      line("every rule differs, each decided thrice under 100 rules", all),
      line("the same, and a rule that reads facts", facts),
      line("one rule of the 100 differs", one),
    ].join("\n");
  } finally {
    await pool.end();
    await database.close();
    rmSync(home, { recursive: true, force: true });
  }
}

const FACTS: Rule = {
  id: "facts",
  match: { actions: ["bench.act"] },
  when: '"k" in facts["bench.look"] && facts["bench.look"]["k"].closed == true',
  effect: "deny",
};

/** The organisation, a version of the rules that was in force all the while, another one since a moment ago, and the decisions. */
async function organise(pool: Pool, now: Date): Promise<void> {
  const db = createDb(pool);
  const context: CommandContext = { db, actor: { kind: "cli", id: "bench" }, clock: systemClock, newId };
  const applied = await applyManifest(context, MANIFEST);
  if (!applied.ok || applied.value.outcome !== "applied") throw new Error(JSON.stringify(applied));
  const before = { now: () => new Date(now.getTime() - (DAYS + 1) * DAY_MS) };
  for (const [clock, shift] of [[before, 0] as const, [systemClock, 1] as const]) {
    const published = await publishPolicy({ ...context, clock }, { id: "bench", name: "Bench", rules: rulesOf(shift) });
    if (!published.ok) throw new Error(published.error.message);
  }
  const agents = await db.agent.findMany({ select: { id: true } });
  const { version } = await db.configuration.findUniqueOrThrow({ where: { id: 1 } });
  await fillStore(pool, {
    agentIds: agents.map((one) => one.id),
    decisions: DECISIONS,
    perRun: 20,
    from: new Date(now.getTime() - DAYS * DAY_MS),
    to: now,
    configVersion: version,
    asked: (index) => {
      const args = argsOf(index);
      const large = Number(args.amount) > 1_000 && args.region === "EMEA";
      return {
        action: "bench.act",
        args,
        effect: large ? "escalate" : "allow",
        code: large ? "policy_escalates" : "allowed",
      };
    },
    fact: (run) => ({ action: "bench.look", key: "k", value: { closed: run % 50 === 0, note: "what was read" } }),
  });
  await pool.query("ANALYZE decision, run, run_fact").catch(() => undefined);
}
