import { cerbosRequest } from "@/e2e/bench/cerbos";
import type { Target } from "@/e2e/bench/load";
import { BENCH_AGENT, benchRequest, MANIFEST } from "@/e2e/bench/organisation";
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

export type Three<T> = Record<"bare" | "gate" | "cerbos", T>;

/** Applies the organisation and makes a credential of the agent that asks. */
export async function organise(url: string): Promise<string> {
  const pool = createPool(url, { applicationName: "remit bench" });
  const db = createDb(pool);
  try {
    const context = { db, actor: { kind: "cli", id: "bench" }, clock: systemClock, newId } as const;
    const applied = await applyManifest(context, MANIFEST);
    if (!applied.ok || applied.value.outcome !== "applied") throw new Error(JSON.stringify(applied));
    const agent = await db.node.findUniqueOrThrow({ where: { slug: BENCH_AGENT } });
    const made = await createCredential(context, { agentId: agent.id, name: "bench" });
    if (!made.ok) throw new Error(made.error.message);
    return made.value.secret;
  } finally {
    await db.$disconnect();
    await pool.end();
  }
}

/** The same requests for each, and many runs, so that batches concern different ones as they do in life. */
export async function targetsOf(servers: Three<{ port: number; pid: number }>, credential: string): Promise<Target[]> {
  const client = new RemitClient(credential, { baseUrl: `http://127.0.0.1:${servers.gate.port}`, retryForMs: 30_000 });
  const start = () => client.startRun({ trigger: { kind: "bench" }, ttlSeconds: 3600 }, newId());
  const runs: RunClient["run"][] = [];
  while (runs.length < RUNS) {
    for (const { run } of await Promise.all(Array.from({ length: STARTS }, start))) runs.push(run);
  }
  const requests = Array.from({ length: REQUESTS }, (_, n) => benchRequest(n));
  const forGate = requests.map((request, n) => {
    const started = runs[n % runs.length];
    return {
      path: `/api/v1/runs/${started?.runId}/decisions`,
      headers: { authorization: `Bearer ${started?.token}` },
      body: JSON.stringify(request),
    };
  });
  const forCerbos = requests.map((request, n) => ({
    path: "/api/check/resources",
    headers: {},
    body: cerbosRequest(request, n),
  }));
  return [
    { name: "bare", ...servers.bare, requests: forGate.map(({ body }) => ({ path: "/", headers: {}, body })) },
    { name: "gate", ...servers.gate, requests: forGate },
    { name: "cerbos", ...servers.cerbos, requests: forCerbos },
  ];
}
