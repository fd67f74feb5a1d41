import { execFile } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";

import { prepareCerbos } from "@/e2e/bench/cerbos";
import { cpuUs } from "@/e2e/bench/cpu";
import { expectMix } from "@/e2e/bench/mix";
import { chooseTool, load, type Measured, type Target } from "@/e2e/bench/load";
import {
  failed,
  inboxSection,
  printed,
  report,
  rulesSection,
  waitingSection,
  type Each,
  type Round,
} from "@/e2e/bench/report";
import { startServer, type Server } from "@/e2e/bench/servers";
import { organise, targetsOf, type Servers } from "@/e2e/bench/setup";
import { readPidFile } from "@/lib/db/embedded";
import { generateClient } from "@/lib/db/generate";
import { ROOT } from "@/lib/db/root";
import { bundleRoles } from "@/lib/server/bundle";
import { readEnv } from "@/lib/server/env";
import { openDatabase } from "@/lib/server/home";
import { freePort } from "@/lib/server/ports";
import { roleCommand } from "@/lib/server/role-command";
import { command } from "@/lib/server/test/step";

/**
 * npm run bench [-- --seconds 4 --rounds 7 --tool wrk --dry --profile FOLDER]: decisions over HTTP, then rules and simulation, waiting, and the inbox.
 * Prints, and writes RESULTS.md unless dry; dry measures decisions over HTTP alone.
 */
const { values: options } = parseArgs({
  options: {
    seconds: { type: "string", default: "4" },
    rounds: { type: "string", default: "7" },
    tool: { type: "string" },
    profile: { type: "string" },
    dry: { type: "boolean", default: false },
  },
});
const CONNECTIONS = 64;
const SECONDS = Number(options.seconds);
const ROUNDS = Number(options.rounds);
/** Answers 503 that a machine with other work to do may cause; they are printed. A round with more of them is measured again. */
const TOLERATED = 0.01;
/** Rounds that may be measured again, before the bench gives up. */
const SPARE_ROUNDS = 3;
const WARM_SECONDS = 4;

const tool = options.tool === "wrk" || options.tool === "autocannon" ? options.tool : chooseTool();
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const at = (port: number, path: string): string => `http://127.0.0.1:${port}${path}`;
const home = join(ROOT, ".remit", `bench-${process.pid}`);
mkdirSync(home, { recursive: true });

const started: Server[] = [];
generateClient();
// Its own server in its own folder, synced to disk as in production; never a database that is in use.
const database = await openDatabase(readEnv({ REMIT_HOME: home }));
let decisions = "";
try {
  decisions = await run();
} finally {
  for (const server of started.toReversed()) await server.stop().catch(() => {});
  await database.close();
  rmSync(home, { recursive: true, force: true });
}

if (!options.dry) {
  // Processes of their own, after everything else has stopped.
  const text = [
    decisions,
    rulesSection(await printedBy("policies.ts")),
    waitingSection(await printedBy("waiting.ts")),
    inboxSection(await printedBy("inbox.ts")),
  ];
  say(text.slice(1).join("\n"));
  const page = join(import.meta.dirname, "RESULTS.md");
  writeFileSync(page, text.join("\n"));
  // As every other page stands in the tree.
  await promisify(execFile)(command("oxfmt"), [page], { cwd: ROOT });
}

async function printedBy(file: string): Promise<string> {
  const args = ["--import", "tsx", join(import.meta.dirname, file)];
  return (await promisify(execFile)(process.execPath, args, { cwd: ROOT })).stdout;
}

async function run(): Promise<string> {
  const credentials = await organise(database.runtimeUrl);
  await bundleRoles();
  const servers = await startAll();
  const targets = await targetsOf(servers, credentials);
  say(`Load from ${tool}: ${CONNECTIONS} connections and 1, ${SECONDS} s each, ${ROUNDS} rounds.`);
  for (const target of targets) await measure(target, CONNECTIONS, WARM_SECONDS);
  for (const target of targets) await measure(target, 1, 1);
  const rounds: Round[] = [];
  for (let spare = SPARE_ROUNDS; rounds.length < ROUNDS;) {
    // Each begins in turn, so that none always comes after the same other.
    const first = rounds.length % targets.length;
    const order = [...targets.slice(first), ...targets.slice(0, first)];
    const round = {
      many: await each(order, CONNECTIONS, SECONDS),
      one: await each(order, 1, Math.ceil(SECONDS / 2)),
      load: loadavg()[0] ?? Number.NaN,
    };
    say(printed(round));
    if (failed(round) <= TOLERATED) rounds.push(round);
    else if (spare-- > 0) say("Too many requests failed: once more.");
    else throw new Error("Too many requests failed, again and again: the machine has too much else to do.");
  }
  await expectMix(servers.gate.port);
  const text = report(rounds, { tool, connections: CONNECTIONS, seconds: SECONDS });
  say(text);
  return text;
}

async function startAll(): Promise<Servers> {
  const start = async (name: string, probe: string, port: number, program: string, args: string[], env = {}) => {
    const server = await startServer(name, at(port, probe), program, args, env);
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

async function each(targets: readonly Target[], connections: number, seconds: number): Promise<Each> {
  const measured: Partial<Each> = {};
  for (const target of targets) measured[target.name] = await measure(target, connections, seconds);
  const { bare, gate, free, cerbos } = measured;
  if (!bare || !gate || !free || !cerbos) throw new Error("a target is missing");
  return { bare, gate, free, cerbos };
}

async function measure(target: Target, connections: number, seconds: number): Promise<Measured> {
  const store = readPidFile(home)?.pid ?? 0;
  const before = { server: cpuUs(target.pid), store: cpuUs(store) };
  const { requests, ...loaded } = await load(tool, target, { connections, seconds, home });
  return {
    ...loaded,
    failedShare: loaded.failures / Math.max(requests, 1),
    serverUs: (cpuUs(target.pid) - before.server) / requests,
    storeUs: (cpuUs(store) - before.store) / requests,
  };
}
