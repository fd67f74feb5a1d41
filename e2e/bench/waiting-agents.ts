import { setMaxListeners } from "node:events";

import type { Waiting } from "@/e2e/bench/waiting-setup";
import { call } from "@/e2e/api/http";

/** When an agent had its answer. */
export interface Answered {
  /** On the clock of `performance.now()`. */
  atMs: number;
  /** Unix milliseconds, with a fraction. */
  wallMs: number;
}

const READY_MS = 60_000;

/** All wait, half on each gate, a connection each, and again when the longest wait is over. Resolves when all of them are known to the gates. */
export async function startWaiters(requests: readonly Waiting[], gates: readonly string[]) {
  const over = new AbortController();
  setMaxListeners(0, over.signal);
  const answered = new Map<string, Promise<Answered>>();
  for (const [at, request] of requests.entries()) {
    const answer = wait(request, gates[at % gates.length] ?? "", over.signal);
    answer.catch(() => undefined);
    answered.set(request.approvalId, answer);
  }
  for (const until = Date.now() + READY_MS; (await waitersOn(gates)) < requests.length;) {
    if (Date.now() > until) throw new Error("not all agents wait");
    await new Promise((resume) => setTimeout(resume, 100));
  }
  return {
    /** When these had theirs. */
    answers: async (ids: readonly string[]): Promise<ReadonlyMap<string, Answered>> => {
      const all = await Promise.all(ids.map(async (id) => [id, await answered.get(id)] as const));
      return new Map(all.flatMap(([id, answer]) => (answer ? [[id, answer] as const] : [])));
    },
    stop: async (): Promise<void> => {
      over.abort();
      await Promise.allSettled(answered.values());
    },
  };
}

async function wait({ approvalId, token }: Waiting, gate: string, signal: AbortSignal): Promise<Answered> {
  for (;;) {
    const { status, body } = await call(gate, "GET", `/approvals/${approvalId}?wait=60`, { bearer: token, signal });
    const atMs = performance.now();
    if (status !== 200) throw new Error(`the wait was answered ${status}`);
    if (body.state !== "pending") return { atMs, wallMs: performance.timeOrigin + atMs };
  }
}

async function waitersOn(gates: readonly string[]): Promise<number> {
  const counts = await Promise.all(
    gates.map(async (gate) => {
      const text = await (await fetch(`${gate}/metrics`)).text();
      return Number(/^remit_gate_approval_waiters (\d+)$/m.exec(text)?.[1] ?? 0);
    }),
  );
  return counts.reduce((sum, one) => sum + one, 0);
}
