import type { RemitClient, RunClient } from "@/lib/client/client";
import { RemitProblem, type Completion, type RunEvent } from "@/lib/client/wire";
import type { Dice } from "@/lib/demo/dice";
import type { Act, Job } from "@/lib/demo/job";

/** What a simulated run needs from outside. */
export interface Stage {
  client: RemitClient;
  dice: Dice;
  newId(): string;
  now(): Date;
  /** Resolves after about `ms`, or at once when the demo stops. */
  pause(ms: number): Promise<void>;
  stopping(): boolean;
  /** How long an agent waits for a person before it gives up, in milliseconds. */
  patienceMs: number;
  model: string;
}

/** Dollars per million tokens, in and out, of the invented price list that the demo's agents report by. */
const PRICES: Record<string, { in: number; out: number } | undefined> = {
  "claude-opus-5": { in: 5, out: 25 },
  "claude-sonnet-5": { in: 3, out: 15 },
  "claude-haiku-5": { in: 1, out: 5 },
  "gpt-5": { in: 1.25, out: 10 },
  "gpt-5-mini": { in: 0.25, out: 2 },
};

/** Plays one run of a job against the gate, from start to completion, as any agent would. */
export async function runJob(job: Job, stage: Stage): Promise<void> {
  const { dice } = stage;
  const subject = job.onBehalfOf?.(dice);
  const run = await stage.client.startRun(
    {
      trigger: job.trigger(dice),
      instruction: job.instruction,
      model: stage.model,
      input: { request: job.instruction },
      ...(subject === undefined ? {} : { onBehalfOf: { subject, authenticatedAt: stage.now().toISOString() } }),
    },
    stage.newId(),
  );
  const done = await carryOut(run, job.plan(dice), stage);
  const handOver = job.delegates;
  if (done.outcome === "succeeded" && handOver && dice.chance(handOver.chance) && !stage.stopping()) {
    const child = await run.delegate(
      {
        agent: handOver.agent,
        scope: handOver.scope,
        trigger: { kind: "delegation", source: job.agent },
        instruction: handOver.instruction,
      },
      stage.newId(),
    );
    await child.complete(await carryOut(child, handOver.plan(dice), stage));
  }
  await run.complete(done);
}

/** Does the acts in order; stops at the first that it may not do. */
async function carryOut(run: RunClient, acts: readonly Act[], stage: Stage): Promise<Completion> {
  let failures = 0;
  for (const act of acts) {
    if (stage.stopping()) return { outcome: "halted", error: { message: "The demo was stopped." } };
    await run.events([thought(act, stage)]);
    await stage.pause(stage.dice.int(200, 1_800));
    const permission = await permissionFor(run, act, stage);
    if (!permission.granted) {
      return { outcome: "blocked", blocker: { reason: permission.why, needs: `Permission for ${act.action}` } };
    }
    await stage.pause(stage.dice.int(150, 900));
    await run.events([outcomeOf(act, permission.decisionId, stage)]);
    if (act.fails !== undefined) failures += 1;
  }
  if (failures > 0 && failures === acts.length) return { outcome: "failed", error: { message: "Nothing worked." } };
  return { outcome: "succeeded", output: { summary: acts.at(-1)?.thought ?? "Nothing to do." } };
}

type Permission = { granted: true; decisionId: string } | { granted: false; why: string };

/** Asks; when a person must decide, waits for them and redeems what they approved. */
async function permissionFor(run: RunClient, act: Act, stage: Stage): Promise<Permission> {
  const request = { action: act.action, args: act.args, ...optional(act) };
  const answer = await run.ask(request, stage.newId());
  if (answer.effect === "allow") return { granted: true, decisionId: answer.decisionId };
  if (answer.effect === "deny" || !answer.approval) return { granted: false, why: answer.message };
  const until = Math.min(Date.parse(answer.approval.deadline), stage.now().getTime() + stage.patienceMs);
  const status = await waitPatiently(run, answer.approval.id, until, stage);
  if (status.state !== "approved") return { granted: false, why: status.comment ?? `The approval is ${status.state}.` };
  const args = status.args ?? act.args;
  const second = await run.ask({ ...request, args, approvalId: answer.approval.id }, stage.newId());
  return second.effect === "allow"
    ? { granted: true, decisionId: second.decisionId }
    : { granted: false, why: second.message };
}

/** Long polls in short turns so that the demo can stop; keeps the lease alive in between. */
async function waitPatiently(run: RunClient, approvalId: string, untilMs: number, stage: Stage) {
  for (;;) {
    const status = await run.waitForApproval(approvalId, 0, 5);
    if (status.state !== "pending" || stage.stopping() || stage.now().getTime() >= untilMs) return status;
    await run.heartbeat();
  }
}

const optional = (act: Act) => ({
  ...(act.evidence === undefined ? {} : { evidence: act.evidence }),
  ...(act.resource === undefined ? {} : { resource: act.resource }),
  ...(act.costUsd === undefined ? {} : { estimate: { costUsd: act.costUsd } }),
});

function thought(act: Act, stage: Stage): RunEvent {
  const inputTokens = stage.dice.int(800, 9_000);
  const outputTokens = stage.dice.int(40, 700);
  const price = PRICES[stage.model];
  const costUsd = price && (inputTokens * price.in + outputTokens * price.out) / 1_000_000;
  return {
    id: stage.newId(),
    at: stage.now().toISOString(),
    kind: "llm",
    model: stage.model,
    inputTokens,
    outputTokens,
    // Now and then a price is not known; the console then says so.
    ...(costUsd === undefined || stage.dice.chance(0.03) ? {} : { costUsd: Number(costUsd.toFixed(6)) }),
    durationMs: stage.dice.int(400, 4_000),
    completion: act.thought,
  };
}

function outcomeOf(act: Act, decisionId: string, stage: Stage): RunEvent {
  const common = {
    id: stage.newId(),
    at: stage.now().toISOString(),
    kind: "tool" as const,
    name: act.action,
    decisionId,
    ...(act.costUsd === undefined ? {} : { costUsd: act.costUsd }),
  };
  const durationMs = stage.dice.int(60, 1_500);
  return act.fails === undefined
    ? { ...common, ok: true, result: act.result, durationMs }
    : { ...common, ok: false, error: { message: act.fails }, durationMs };
}

/** Whether a problem is part of the show (a suspended agent, an ended run) and not a defect. */
export const isExpected = (cause: unknown): boolean =>
  cause instanceof RemitProblem &&
  [
    "agent_suspended",
    "agent_retired",
    "run_ended",
    "run_lease_lost",
    "token_revoked",
    "credential_revoked",
    "task_ended",
    "unreachable",
  ].includes(cause.code);
