import { cerbosRequest } from "@/e2e/bench/cerbos";
import type { Target } from "@/e2e/bench/load";
import { ASKING, benchRequest, MANIFEST } from "@/e2e/bench/organisation";
import { createCredential } from "@/lib/agents/credential-create";
import { RemitClient, type RunClient } from "@/lib/client/client";
import { createDb } from "@/lib/db/client";
import { createPool } from "@/lib/db/connect";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { applyManifest } from "@/lib/manifest/apply";

/** How many different requests are made; connections go around in them. */
const REQUESTS = 6_400;
/** So many that none comes near the limit of its rate (100 a second unless an organisation says otherwise). */
export const RUNS = 640;
/** Starts under way at a time. */
const STARTS = 16;

/** By what each answers. */
export type Servers = Record<"bare" | "gate" | "cerbos", { port: number; pid: number }>;
type Asking = keyof typeof ASKING;
/** Of each agent that asks. */
type Credentials = Record<Asking, string>;

/** Applies the organisation and makes a credential of each agent that asks. */
export async function organise(url: string): Promise<Credentials> {
  const pool = createPool(url, { applicationName: "remit bench" });
  const db = createDb(pool);
  try {
    const context = { db, actor: { kind: "cli", id: "bench" }, clock: systemClock, newId } as const;
    const applied = await applyManifest(context, MANIFEST);
    if (!applied.ok || applied.value.outcome !== "applied") throw new Error(JSON.stringify(applied));
    const credentialOf = async (slug: string): Promise<string> => {
      const agent = await db.node.findUniqueOrThrow({ where: { slug } });
      const made = await createCredential(context, { agentId: agent.id, name: "bench" });
      if (!made.ok) throw new Error(made.error.message);
      return made.value.secret;
    };
    return { gate: await credentialOf(ASKING.gate), free: await credentialOf(ASKING.free) };
  } finally {
    await db.$disconnect();
    await pool.end();
  }
}

/** The same requests for each, and many runs, so that batches concern different ones as they do in life. */
export async function targetsOf(servers: Servers, credentials: Credentials): Promise<Target[]> {
  const requests = Array.from({ length: REQUESTS }, (_, n) => benchRequest(n));
  const bodies = requests.map((request) => JSON.stringify(request));
  const asked = async (name: Asking): Promise<Target> => {
    const runs = await startRuns(servers.gate.port, credentials[name]);
    return {
      name,
      ...servers.gate,
      requests: bodies.map((body, n) => {
        const started = runs[n % runs.length];
        return {
          path: `/api/v1/runs/${started?.runId}/decisions`,
          headers: { authorization: `Bearer ${started?.token}` },
          body,
        };
      }),
    };
  };
  const forCerbos = requests.map((request, n) => ({
    path: "/api/check/resources",
    headers: {},
    body: cerbosRequest(request, n),
  }));
  return [
    { name: "bare", ...servers.bare, requests: bodies.map((body) => ({ path: "/", headers: {}, body })) },
    await asked("gate"),
    { name: "cerbos", ...servers.cerbos, requests: forCerbos },
    await asked("free"),
  ];
}

async function startRuns(port: number, credential: string): Promise<RunClient["run"][]> {
  const client = new RemitClient(credential, { baseUrl: `http://127.0.0.1:${port}`, retryForMs: 30_000 });
  const start = () => client.startRun({ trigger: { kind: "bench" }, ttlSeconds: 3600 }, newId());
  const runs: RunClient["run"][] = [];
  while (runs.length < RUNS) {
    for (const { run } of await Promise.all(Array.from({ length: STARTS }, start))) runs.push(run);
  }
  return runs;
}
