import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { cpuUs } from "@/e2e/bench/cpu";
import { startServer, type Server } from "@/e2e/bench/servers";
import { notificationsOf, stampCommits } from "@/e2e/bench/waiting-clock";
import { organiseWaiting } from "@/e2e/bench/waiting-setup";
import { startWaiters, type Answered } from "@/e2e/bench/waiting-agents";
import { approveApproval } from "@/lib/approvals/approve";
import type { CommandContext } from "@/lib/audit/change";
import { createDb } from "@/lib/db/client";
import { createPool } from "@/lib/db/connect";
import { generateClient } from "@/lib/db/generate";
import { ROOT } from "@/lib/db/root";
import { bundleRoles } from "@/lib/server/bundle";
import { readEnv } from "@/lib/server/env";
import { openDatabase } from "@/lib/server/home";
import { freePort } from "@/lib/server/ports";
import { roleCommand } from "@/lib/server/role-command";

/** Prints how soon agents that wait learn of a person's decision. `node --import tsx e2e/bench/waiting.ts` */
const WAITERS = 2_000;
/** Decided one by one, so many a second. */
const PACED = { decisions: 400, perSecond: 40 };
/** Decided by several people at once, as fast as their commands go through. */
const BURST = { decisions: 600, people: 8 };
const RELEASED = { decisions: 400, perSecond: 40 };
const UNDO_S = 1;
const WANTED_P99_MS = 100;

const ms = (value: number): string => `${value.toFixed(2)} ms`;
const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
const spread = (values: readonly number[]): string =>
  `median ${ms(quantile(values, 0.5))}, 99th ${ms(quantile(values, 0.99))}`;

async function benchWaiting(url: string, gates: readonly { url: string; pid: number }[]): Promise<string> {
  const pool = createPool(url, { applicationName: "remit bench" });
  const commits = stampCommits(pool);
  const db = createDb(pool);
  const heard = await notificationsOf(url);
  try {
    const organised = await organiseWaiting(
      db,
      gates.map((gate) => gate.url),
      WAITERS,
    );
    const waiting = await startWaiters(
      organised.requests,
      gates.map((gate) => gate.url),
    );
    const queue = organised.requests.map((request) => request.approvalId);
    const take = (count: number): string[] => queue.splice(0, count);

    const usedBefore = gates.reduce((sum, gate) => sum + cpuUs(gate.pid), 0);
    const paced = take(PACED.decisions);
    const sent = new Map<string, number>();
    await atRate(paced, PACED.perSecond, async (id) => {
      await approve(organised.reviewer, id);
      sent.set(id, commits.last());
    });
    const told = await waiting.answers(paced);
    const since = (of: (id: string) => number | undefined): number[] =>
      paced.map((id) => (of(id) ?? Number.NaN) - (sent.get(id) ?? Number.NaN));
    const agents = since((id) => told.get(id)?.atMs);
    const floor = since((id) => heard.atMs(id));
    const gateUs = (gates.reduce((sum, gate) => sum + cpuUs(gate.pid), 0) - usedBefore) / paced.length;

    const burst = take(BURST.decisions);
    const begunMs = performance.now();
    await Promise.all(
      Array.from({ length: BURST.people }, async (_unused, person) => {
        for (let at = person; at < burst.length; at += BURST.people) await approve(organised.reviewer, burst[at] ?? "");
      }),
    );
    const perSecond = burst.length / ((performance.now() - begunMs) / 1_000);
    const toldInBurst = await waiting.answers(burst);
    const afterHeard = burst.map((id) => (toldInBurst.get(id)?.atMs ?? Number.NaN) - (heard.atMs(id) ?? Number.NaN));

    await organised.setUndo(UNDO_S);
    const released = take(RELEASED.decisions);
    const releases = new Map<string, number>();
    await atRate(released, RELEASED.perSecond, async (id) => {
      releases.set(id, await approve(organised.reviewer, id));
    });
    const toldAtRelease: ReadonlyMap<string, Answered> = await waiting.answers(released);
    const afterRelease = released.map(
      (id) => (toldAtRelease.get(id)?.wallMs ?? Number.NaN) - (releases.get(id) ?? Number.NaN),
    );
    await waiting.stop();

    return [
      `${WAITERS.toLocaleString("en-US")} agents wait on two gates while people decide (wanted: 99th at most ${WANTED_P99_MS} ms):`,
      `  from the commit to the agent, ${PACED.perSecond} decisions a second: ${spread(agents)}; to a bare LISTEN of the same commits: ${spread(floor)}`,
      `  beyond that bare LISTEN, ${BURST.people} people deciding as fast as it goes (${Math.round(perSecond)} decisions/s): ${spread(afterHeard)}`,
      `  from the release to the agent, where a decision can be taken back for ${UNDO_S} s: ${spread(afterRelease)}`,
      `  processor time of the gates an answer, its waiting included: ${gateUs.toFixed(0)} µs`,
    ].join("\n");
  } finally {
    await heard.stop();
    await db.$disconnect();
    await pool.end();
  }
}

/** When the agent may learn of it, in Unix milliseconds. */
async function approve(reviewer: CommandContext, approvalId: string): Promise<number> {
  const approved = await approveApproval(reviewer, { approvalId });
  if (!approved.ok) throw new Error(`${approved.error.code}: ${approved.error.message}`);
  return Date.parse(approved.value.release?.at ?? "");
}

/** One after the other, begun at even distances unless the one before takes longer. */
async function atRate(ids: readonly string[], perSecond: number, act: (id: string) => Promise<void>): Promise<void> {
  const begunMs = performance.now();
  for (const [at, id] of ids.entries()) {
    const pauseMs = begunMs + (at * 1_000) / perSecond - performance.now();
    if (pauseMs > 0) await new Promise((resume) => setTimeout(resume, pauseMs));
    await act(id);
  }
}

generateClient();
await bundleRoles();
const home = join(ROOT, ".remit", `bench-waiting-${process.pid}`);
mkdirSync(home, { recursive: true });
const database = await openDatabase(readEnv({ REMIT_HOME: home }));
const started: (Server & { url: string })[] = [];
try {
  for (const name of ["gate 1", "gate 2"]) {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const env = {
      DATABASE_RUNTIME_URL: database.runtimeUrl,
      GATE_PORT: String(port),
      LOG_LEVEL: "warn",
      REMIT_HOME: home,
    };
    const server = await startServer(
      name,
      `${url}/api/v1/ready`,
      process.execPath,
      roleCommand("gate", "production"),
      env,
    );
    started.push({ ...server, url });
  }
  process.stdout.write(`${await benchWaiting(database.runtimeUrl, started)}\n`);
} finally {
  for (const server of started) await server.stop();
  await database.close();
  rmSync(home, { recursive: true, force: true });
}
