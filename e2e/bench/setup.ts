import { cerbosRequest } from "@/e2e/bench/cerbos";
import type { Target } from "@/e2e/bench/load";
import { BENCH_AGENT, benchRequest, MANIFEST } from "@/e2e/bench/organisation";
import { createCredential } from "@/lib/agents/credential-create";
import { createDb } from "@/lib/db/client";
import { createPool } from "@/lib/db/connect";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { applyManifest } from "@/lib/manifest/apply";

/** How many different requests are made; connections go around in them. */
const REQUESTS = 6_400;

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

/** The same requests for each: as many runs as connections, so that batches concern different runs as they do in life. */
export async function targetsOf(
  servers: Three<{ port: number; pid: number }>,
  credential: string,
  connections: number,
): Promise<Target[]> {
  const runs = await Promise.all(Array.from({ length: connections }, () => startRun(servers.gate.port, credential)));
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

async function startRun(port: number, credential: string): Promise<{ runId: string; token: string }> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/runs`, {
    method: "POST",
    headers: { authorization: `Bearer ${credential}`, "content-type": "application/json" },
    body: JSON.stringify({ trigger: { kind: "bench" }, ttlSeconds: 3600 }),
  });
  if (response.status !== 201) throw new Error(`no run: ${await response.text()}`);
  return response.json();
}
