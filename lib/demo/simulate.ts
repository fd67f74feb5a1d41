import { RemitClient } from "@/lib/client/client";
import { rollDice } from "@/lib/demo/dice";
import type { Job } from "@/lib/demo/job";
import { pause } from "@/lib/demo/pause";
import { isExpected, runJob, type Stage } from "@/lib/demo/run-job";
import { undoTasks } from "@/lib/demo/undo-tasks";

export interface SimulatedAgent {
  slug: string;
  model: string;
  credential: string;
}

interface Simulation {
  agents: readonly SimulatedAgent[];
  jobs: readonly Job[];
  gateUrl: string;
  seed: number;
  newId(): string;
  now(): Date;
  signal: AbortSignal;
  /** Told of what is not part of the show. */
  onProblem(agent: string, cause: unknown): void;
}

/** In the first minute runs come this many times as often, so that every page soon has something true to show. */
const WARM_UP_MS = 60_000;
const WARM_UP_SPEED = 3;
const PATIENCE_MS = 10 * 60_000;
const PAUSE_AFTER_PROBLEM_MS = 5_000;

/** Lets every agent do its job again and again, each at its own pace, until the signal. */
export async function simulate(simulation: Simulation): Promise<void> {
  const startedAt = simulation.now().getTime();
  const agents = new Map(simulation.agents.map((agent) => [agent.slug, agent]));
  await Promise.all(
    simulation.jobs.map((job, index) => {
      const agent = agents.get(job.agent);
      if (!agent) return undefined;
      const working = work(job, agent, index, startedAt, simulation);
      return job.undoes ? Promise.all([working, undo(agent, index, simulation)]) : working;
    }),
  );
}

/** Beside its work, as a service of its own. */
async function undo(agent: SimulatedAgent, index: number, simulation: Simulation): Promise<void> {
  const { signal, gateUrl } = simulation;
  const client = new RemitClient(agent.credential, { baseUrl: gateUrl, retryForMs: 120_000, signal });
  while (!signal.aborted) {
    try {
      const dice = rollDice(simulation.seed + 1_000 + index);
      await undoTasks({ client, dice, pause: (ms) => pause(ms, signal), stopping: () => signal.aborted });
    } catch (cause) {
      if (signal.aborted) return;
      if (!isExpected(cause)) simulation.onProblem(agent.slug, cause);
      await pause(PAUSE_AFTER_PROBLEM_MS, signal);
    }
  }
}

async function work(job: Job, agent: SimulatedAgent, index: number, startedAt: number, simulation: Simulation) {
  const { signal, gateUrl, newId, now } = simulation;
  const dice = rollDice(simulation.seed + index);

  const stage: Stage = {
    client: new RemitClient(agent.credential, { baseUrl: gateUrl, retryForMs: 120_000, signal }),
    dice,
    newId,
    now,
    pause: (ms) => pause(ms, signal),
    stopping: () => signal.aborted,
    patienceMs: PATIENCE_MS,
    model: agent.model,
  };
  await pause(dice.int(0, 6_000), signal);
  while (!signal.aborted) {
    try {
      await runJob(job, stage);
    } catch (cause) {
      if (signal.aborted) return;
      if (!isExpected(cause)) simulation.onProblem(agent.slug, cause);
      await pause(PAUSE_AFTER_PROBLEM_MS, signal);
    }
    const speed = now().getTime() - startedAt < WARM_UP_MS ? WARM_UP_SPEED : 1;
    await pause((job.everySeconds * 1_000 * (0.5 + dice.next())) / speed, signal);
  }
}
