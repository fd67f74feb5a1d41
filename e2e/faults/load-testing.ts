import { personOf, type Desk } from "@/e2e/api/desk-testing";
import { approveApproval } from "@/lib/approvals/approve";
import { RemitClient, type RunClient } from "@/lib/client/client";
import type { Answer, AskRequest, RunEvent } from "@/lib/client/wire";

/** What was acknowledged to the agents and to the person: all of it must be there afterwards, and nothing else. */
export interface Journal {
  runs: Map<string, { costMicroUsd: bigint; inputTokens: bigint }>;
  decisions: Map<string, { runId: string; effect: Answer["effect"] }>;
  /** `run event` */
  events: string[];
  approved: string[];
  /** The approval by the decision that redeemed it. */
  redeemed: Map<string, string>;
  completed: string[];
}

export const entries = (journal: Journal): number =>
  journal.runs.size +
  journal.decisions.size +
  journal.events.length +
  journal.approved.length +
  journal.completed.length;

export interface Load {
  journal: Journal;
  /** Throws the first refusal that no agent should have met, if there was one. */
  check(): void;
  /** No new runs; resolves when those under way have ended, or rejects as `check` throws. */
  finish(): Promise<void>;
}

/** How long an agent tries again while nothing answers: longer than any restart takes on a busy machine. */
const PATIENCE_MS = 120_000;

/** The organisation by its connections of the moment: a restarted database may lie elsewhere. */
type Store = () => Desk;

/** So many agents that run after run read, ask a person, wait, redeem, report and complete, each call under a key of its own. */
export function startLoad(store: Store, gateUrl: string, agents: number): Load {
  const journal: Journal = {
    runs: new Map(),
    decisions: new Map(),
    events: [],
    approved: [],
    redeemed: new Map(),
    completed: [],
  };
  const stopping = new AbortController();
  const client = new RemitClient(store().credential, { baseUrl: gateUrl, retryForMs: PATIENCE_MS });
  const all = Promise.all(
    Array.from({ length: agents }, async (_, agent) => {
      for (let round = 0; !stopping.signal.aborted; round++) await oneRun(store, client, journal, `${agent}-${round}`);
    }),
  );
  let failure: { cause: unknown } | null = null;
  all.catch((cause: unknown) => (failure = { cause }));
  return {
    journal,
    check: () => {
      if (failure) throw failure.cause;
    },
    finish: async () => {
      stopping.abort();
      await all;
    },
  };
}

async function oneRun(store: Store, client: RemitClient, journal: Journal, name: string): Promise<void> {
  const run = await client.startRun({ trigger: { kind: "load", reference: name }, ttlSeconds: 600 }, `run-${name}`);
  const { runId } = run.run;
  journal.runs.set(runId, { costMicroUsd: 0n, inputTokens: 0n });
  const ask = async (request: AskRequest, key: string): Promise<Answer> => {
    const answer = await run.ask(request, key);
    journal.decisions.set(answer.decisionId, { runId, effect: answer.effect });
    return answer;
  };
  const read = await ask({ action: "desk.read_order", args: { id: name } }, "read");
  await report(run, journal, read.decisionId);
  await ask({ action: "desk.wipe", args: {} }, "wipe");
  const args = { amount: 250, id: name };
  const asked = await ask({ action: "desk.refund", args }, "refund");
  const approvalId = asked.approval?.id ?? "";
  await approve(store, approvalId);
  journal.approved.push(approvalId);
  const told = await run.waitForApproval(approvalId, Date.now() + PATIENCE_MS);
  if (told.state !== "approved") throw new Error(`the agent was told ${told.state}`);
  const redeemed = await ask({ action: "desk.refund", args, approvalId }, "redeem");
  if (redeemed.effect !== "allow") throw new Error(`the approval was not good: ${redeemed.code}`);
  journal.redeemed.set(redeemed.decisionId, approvalId);
  await run.complete({ outcome: "succeeded", output: { name } });
  journal.completed.push(runId);
}

async function report(run: RunClient, journal: Journal, decisionId: string): Promise<void> {
  const at = new Date().toISOString();
  const events: RunEvent[] = [
    { id: "think", at, kind: "llm", model: "gpt-5", inputTokens: 100, outputTokens: 10, costUsd: 0.0007 },
    { id: "read", at, kind: "tool", name: "desk.read_order", decisionId, ok: true, result: { state: "open" } },
    { id: "note", at, kind: "log", name: "note" },
  ];
  const answer = await run.events(events);
  if (answer.rejected.length > 0) throw new Error(`events were refused: ${JSON.stringify(answer.rejected)}`);
  journal.events.push(...events.map(({ id }) => `${run.run.runId} ${id}`));
  journal.runs.set(run.run.runId, { costMicroUsd: 700n, inputTokens: 100n });
}

/** As a person who presses again when the page says that something went wrong. */
async function approve(store: Store, approvalId: string): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      const done = await approveApproval(await personOf(store(), "bo@example.com"), { approvalId });
      // Pressed before, and it went through although no answer came.
      if (done.ok || done.error.code === "approval_not_pending") return;
      throw new Error(`${done.error.code}: ${done.error.message}`);
    } catch (cause) {
      if (Date.now() > until) throw cause;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
