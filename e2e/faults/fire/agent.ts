import type { Gates } from "@/e2e/faults/fire/gates";
import type { Journal, Request } from "@/e2e/faults/fire/journal";
import type { ApprovalState } from "@/lib/approvals/machine";
import { newId } from "@/lib/kernel/ids";
import { argsHash, type JsonObject } from "@/lib/kernel/json";

/** How an agent goes about its requests. */
export interface Habits {
  slug: string;
  credential: string;
  /** The gate that it calls first. */
  side: number;
  random: () => number;
  requests: number;
  /** The reviewer whom its run acts for, if any. */
  onBehalfOf: string | null;
}

/** The longest that one call may wait. */
const WAIT_S = 30;

/**
 * One run from its start to its end: asks for several things at once, waits for each, on one gate or on two, and uses what was approved
 * as agents should and as they should not: twice at the same time, with other arguments, too early and once more.
 */
export async function workAs(habits: Habits, gates: Gates, journal: Journal): Promise<void> {
  const { credential, side, random, onBehalfOf, requests } = habits;
  const started = await gates.call(side, "POST", "/runs", {
    bearer: credential,
    key: newId(),
    body: {
      trigger: { kind: "fire" },
      ttlSeconds: 3_600,
      ...(onBehalfOf !== null && { onBehalfOf: { subject: onBehalfOf } }),
    },
  });
  if (started.status !== 201) throw new Error(`no run: ${started.status} ${JSON.stringify(started.body)}`);
  const run = { ...habits, runId: String(started.body.runId), token: String(started.body.token), gates, journal };
  const asked = await Promise.all(Array.from({ length: requests }, (_unused, at) => ask(run, at)));
  const waits = asked.map((request) => waitFor(run, request));
  // Some go while they wait: what they asked for is cancelled.
  if (random() < 0.04) await complete(run);
  else await Promise.all(asked.map((request, at) => goOn(run, request, waits[at])));
  await Promise.all(waits);
  await complete(run);
}

const complete = (run: Run) =>
  run.gates.call(run.side, "POST", `/runs/${run.runId}/complete`, {
    bearer: run.token,
    key: "complete",
    body: { outcome: "succeeded" },
  });

async function goOn(run: Run, request: Request, wait: Promise<Told> | undefined): Promise<void> {
  // Too early, unless it was released just before: then it is used up.
  const early = run.random() < 0.1 ? await use(run, request, request.args, run.side) : null;
  const told = early === "approved" ? undefined : await wait;
  if (told) await settle(run, request, told);
}

interface Run extends Habits {
  runId: string;
  token: string;
  gates: Gates;
  journal: Journal;
}

const ACTIONS = ["desk.refund", "desk.refund", "desk.refund", "desk.wire", "desk.brief"] as const;

async function ask(run: Run, at: number): Promise<Request> {
  const action = ACTIONS[Math.floor(run.random() * ACTIONS.length)] ?? "desk.refund";
  const args = { amount: 100 + at, id: `${run.slug}-${at}` };
  const { status, body } = await decide(run, { action, args }, run.side);
  const { id } = (body.approval ?? {}) as { id?: string };
  if (status !== 200 || body.effect !== "escalate" || id === undefined) {
    throw new Error(`${action} was not asked: ${status} ${JSON.stringify(body)}`);
  }
  const request: Request = { approvalId: id, runId: run.runId, action, args, excluded: run.onBehalfOf };
  run.journal.asked(request);
  return request;
}

const decide = (run: Run, body: object, side: number) =>
  run.gates.call(side, "POST", `/runs/${run.runId}/decisions`, { bearer: run.token, key: newId(), body });

interface Told {
  state: ApprovalState;
  args: JsonObject;
}

/** Waits, on both gates where the agent is a nervous one, until it is told what became of it. */
async function waitFor(run: Run, request: Request): Promise<Told> {
  const sides = run.random() < 0.2 ? [run.side, run.side + 1] : [run.side + 1];
  const [told] = await Promise.all(sides.map((side) => waitOn(run, request, side)));
  run.journal.learned(request);
  return told ?? { state: "pending", args: {} };
}

async function waitOn(run: Run, { approvalId, args }: Request, side: number): Promise<Told> {
  for (;;) {
    const {
      status,
      body,
      sentMs: fromMs,
    } = await run.gates.call(side, "GET", `/approvals/${approvalId}?wait=${WAIT_S}`, {
      bearer: run.token,
    });
    if (status !== 200) throw new Error(`the wait was answered ${status} ${JSON.stringify(body)}`);
    const state = body.state as ApprovalState;
    run.journal.look({ approvalId, runId: run.runId, fromMs, state });
    if (state !== "pending") return { state, args: (body.args ?? args) as JsonObject };
  }
}

/** Uses what was approved. What was taken back while the agent was being told of it is waited for again. */
async function settle(run: Run, request: Request, told: Told): Promise<void> {
  const { random, side } = run;
  if (told.state !== "approved") {
    if (random() < 0.5) await use(run, request, told.args, side);
    return;
  }
  if (random() < 0.15) await use(run, request, { ...told.args, amount: 999 }, side);
  const sides = random() < 0.4 ? [side, side + 1] : [side];
  const codes = await Promise.all(sides.map((one) => use(run, request, told.args, one)));
  if (codes.every((code) => code === "approval_pending")) return settle(run, request, await waitFor(run, request));
  if (codes.filter((code) => code === "approved").length !== 1) {
    throw new Error(`${request.approvalId} was approved and used: ${codes.join(", ")}`);
  }
  if (random() < 0.2) await use(run, request, told.args, side + 1);
}

async function use(run: Run, { approvalId, action }: Request, args: JsonObject, side: number): Promise<string> {
  const fromMs = Date.now();
  const { status, body } = await decide(run, { action, args, approvalId }, side);
  if (status !== 200) throw new Error(`the use was answered ${status} ${JSON.stringify(body)}`);
  const { decisionId, effect, code } = body as {
    decisionId: string;
    effect: "allow" | "deny" | "escalate";
    code: string;
  };
  const hash = argsHash(action, args).toString("hex");
  run.journal.use({ approvalId, runId: run.runId, argsHash: hash, fromMs, decisionId, effect, code });
  return code;
}
