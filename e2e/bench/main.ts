import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { prepareCerbos } from "@/e2e/bench/cerbos";
import { cpuUs } from "@/e2e/bench/cpu";
import { chooseTool, load, type Measured, type Target } from "@/e2e/bench/load";
import { printed, report, type Round } from "@/e2e/bench/report";
import { startServer, type Server } from "@/e2e/bench/servers";
import { organise, targetsOf, type Three } from "@/e2e/bench/setup";
import { readPidFile } from "@/lib/db/embedded";
import { generateClient } from "@/lib/db/generate";
import { ROOT } from "@/lib/db/root";
import { bundleRoles } from "@/lib/server/bundle";
import { readEnv } from "@/lib/server/env";
import { openDatabase } from "@/lib/server/home";
import { freePort } from "@/lib/server/ports";
import { roleCommand } from "@/lib/server/role-command";

/** npm run bench [-- --seconds 8 --rounds 3 --tool wrk --dry --profile FOLDER]: prints, and writes RESULTS.md unless dry. */
const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: "8" },
    rounds: { type: "string", default: "3" },
    tool: { type: "string" },
    profile: { type: "string" },
    dry: { type: "boolean", default: false },
  },
});
const CONNECTIONS = 64;
const SECONDS = Number(options.seconds);
const ROUNDS = Number(options.rounds);
/** Answers 503 that a machine with other work to do may cause; they are printed. */
const TOLERATED = 0.01;

const tool = options.tool === "wrk" || options.tool === "autocannon" ? options.tool : chooseTool();
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const at = (port: number, path: string): string => `http://127.0.0.1:${port}${path}`;
const home = join(ROOT, ".remit", `bench-${process.pid}`);
mkdirSync(home, { recursive: true });

const started: Server[] = [];
generateClient();
// Its own server in its own folder, synced to disk as in production; never a database that is in use.
const database = await openDatabase(readEnv({ REMIT_HOME: home }));
try {
  await run();
} finally {
  for (const server of started.toReversed()) await server.stop().catch(() => {});
  await database.close();
  rmSync(home, { recursive: true, force: true });
}

async function run(): Promise<void> {
  const credential = await organise(database.runtimeUrl);
  await bundleRoles();
  const targets = await targetsOf(await startAll(), credential, CONNECTIONS);
  say(`Load from ${tool}: ${CONNECTIONS} connections and 1, ${SECONDS} s each, ${ROUNDS} rounds.`);
  for (const target of targets) await measure(target, CONNECTIONS, 3);
  const rounds: Round[] = [];
  while (rounds.length < ROUNDS) {
    const round = {
      many: await each(targets, CONNECTIONS, SECONDS),
      one: await each(targets, 1, Math.ceil(SECONDS / 2)),
    };
    rounds.push(round);
    say(printed(round));
  }
  const text = report(rounds, { tool, connections: CONNECTIONS, seconds: SECONDS });
  say(text);
  if (!options.dry) writeFileSync(join(import.meta.dirname, "RESULTS.md"), text);
}

async function startAll(): Promise<Three<{ port: number; pid: number }>> {
  const start = async (name: string, probe: string, port: number, command: string, args: string[], env = {}) => {
    const server = await startServer(name, at(port, probe), command, args, env);
    started.push(server);
    return { port, pid: server.pid };
  };
  const node = process.execPath;
  const ports = { bare: await freePort(), gate: await freePort(), cerbos: await freePort(), grpc: await freePort() };
  const gateEnv = {
    DATABASE_RUNTIME_URL: database.runtimeUrl,
    GATE_PORT: String(ports.gate),
    LOG_LEVEL: "warn",

    REMIT_HOME: home,
  };
  const profile = options.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${options.profile}`];
  const bareArgs = ["--import", "tsx", join(import.meta.dirname, "bare.ts"), String(ports.bare), database.ownerUrl];
  const cerbos = prepareCerbos(home, ports.cerbos, ports.grpc);
  return {
    gate: await start(
      "gate",
      "/api/v1/ready",
      ports.gate,
      node,
      [...profile, ...roleCommand("gate", "production")],
      gateEnv,
    ),
    bare: await start("bare", "/", ports.bare, node, bareArgs),
    cerbos: await start("cerbos", "/_cerbos/health", ports.cerbos, cerbos.command, cerbos.args),
  };
}

async function each(targets: readonly Target[], connections: number, seconds: number): Promise<Three<Measured>> {
  const measured: Partial<Three<Measured>> = {};
  for (const target of targets) measured[target.name] = await measure(target, connections, seconds);
  const { bare, gate, cerbos } = measured;
  if (!bare || !gate || !cerbos) throw new Error("a target is missing");
  return { bare, gate, cerbos };
}

async function measure(target: Target, connections: number, seconds: number): Promise<Measured> {
  const store = readPidFile(home)?.pid ?? 0;
  const before = { server: cpuUs(target.pid), store: cpuUs(store) };
  const { requests, ...loaded } = await load(tool, target, { connections, seconds, home });
  if (loaded.failures > requests * TOLERATED)
    throw new Error(`${target.name}: ${loaded.failures} of ${requests} requests failed`);
  return {
    ...loaded,
    serverUs: (cpuUs(target.pid) - before.server) / requests,
    storeUs: (cpuUs(store) - before.store) / requests,
  };
}
