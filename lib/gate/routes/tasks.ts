import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";

import { streamChange } from "@/lib/audit/stream-change";
import { bearerOf } from "@/lib/gate/caller";
import { bodyOf, endpoint, queryOf } from "@/lib/gate/endpoint";
import type { Gate } from "@/lib/gate/gate";
import { idParams } from "@/lib/gate/parameters";
import { notFound, Problem } from "@/lib/gate/problem";
import { reportedTaskSchema, taskReportSchema, tasksQuerySchema, tasksSchema } from "@/lib/gate/wire-tasks";
import { isId } from "@/lib/kernel/ids";
import { fetchTasks, nextTaskAt, type Task } from "@/lib/rollbacks/fetch";
import { reportTask } from "@/lib/rollbacks/report";
import { credentialOf } from "@/lib/runs/credential";

export function taskRoutes(app: OpenAPIHono, gate: Gate): void {
  endpoint(
    app,
    {
      method: "get",
      path: "/tasks",
      tag: "Tasks",
      summary: "Fetch what people want done",
      description:
        "With the agent's credential: rollbacks of what this agent did, ordered by a person or by a rule. Answers at once when there are any, else when one comes, and at the latest after `wait` seconds with none. What is fetched is leased: nobody else gets it until the lease ends.",
      security: "credential",
      query: tasksQuerySchema,
      status: 200,
      response: tasksSchema,
      refusals: [400],
    },
    (c) => fetch(gate, c),
  );
  endpoint(
    app,
    {
      method: "post",
      path: "/tasks/{id}",
      tag: "Tasks",
      summary: "Say how a task went",
      description:
        "With the agent's credential for a task that was fetched; with the token of the webhook (`report.token`) for one that a system was called with and answered 202. A repeat returns the first answer. `task_ended`: it ended otherwise. `task_lease_lost`: a failure is only taken from whoever has the task now.",
      security: "credential_or_task",
      params: idParams,
      body: taskReportSchema,
      status: 200,
      response: reportedTaskSchema,
      refusals: [400, 404, 409, 413, 415],
    },
    (c) => report(gate, c),
  );
}

async function fetch(gate: Gate, c: Context): Promise<Response> {
  const agentId = await agentOf(gate, c);
  const { wait, limit, leaseSeconds } = queryOf(c, tasksQuerySchema);
  const tasks = await gate.tasks.wait(agentId, wait * 1_000, c.req.raw.signal, {
    nextAt: () => gate.guard.wait(nextTaskAt(gate.pool, agentId, new Date())),
    take: async () => {
      const taken = await gate.guard.wait(
        streamChange(gate.streams, new Date(), (change) => fetchTasks(change, { agentId, limit, leaseSeconds })),
      );
      if (!taken.ok) throw Problem.of(taken.error);
      return taken.value.length === 0 ? null : taken.value;
    },
  });
  return c.json({ tasks: (tasks ?? []).map(wireOf) });
}

const wireOf = ({ leaseUntil, deadline, ...task }: Task) => ({
  ...task,
  leaseUntil: leaseUntil.toISOString(),
  deadline: deadline.toISOString(),
});

async function report(gate: Gate, c: Context): Promise<Response> {
  const bearer = bearerOf(c);
  const taskId = c.req.param("id") ?? "";
  const by = bearer.kind === "rmk" ? { tokenHash: bearer.hash } : { agentId: await agentOf(gate, c) };
  const { outcome, attempt, detail } = await bodyOf(c, taskReportSchema);
  if (!isId(taskId)) throw notFound("task");
  const done = await gate.guard.wait(
    streamChange(gate.streams, new Date(), (change) =>
      reportTask(change, { taskId, by, outcome, attempt, detail: detail ?? null }),
    ),
  );
  if (!done.ok) throw Problem.of(done.error);
  const { id, state, endedAt } = done.value;
  return c.json({ id, state, endedAt: endedAt.toISOString() });
}

/** A suspended agent's software still undoes what it did: that is a person's order, and no act of the agent. */
async function agentOf(gate: Gate, c: Context): Promise<string> {
  const bearer = bearerOf(c);
  if (bearer.kind !== "rmt")
    throw new Problem("token_invalid", "This call takes the agent's credential, not a run's token.");
  const found = await gate.guard.wait(credentialOf(gate.pool, bearer.hash, new Date()));
  if (!found.ok) throw Problem.of(found.error);
  return found.value.agent.id;
}
