import { z, type OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";

import { answerQuestion } from "@/lib/approvals/answer";
import { streamChange } from "@/lib/audit/stream-change";
import { nextQuestion, type ApprovalNews } from "@/lib/gate/approval-waiters";
import { check } from "@/lib/gate/body";
import { bearerOf, freshRun, runOfToken } from "@/lib/gate/caller";
import { endpoint, idempotencyKeyOf, jsonBodyOf, queryOf } from "@/lib/gate/endpoint";
import type { Gate } from "@/lib/gate/gate";
import { idempotencyHeaders, idParams } from "@/lib/gate/parameters";
import { notFound, Problem } from "@/lib/gate/problem";
import { RecentlyTold } from "@/lib/gate/recently-told";
import {
  answerRequestSchema,
  answerSchema,
  approvalQuerySchema,
  approvalSchema,
  type ApprovalAnswer,
} from "@/lib/gate/wire";
import { isId } from "@/lib/kernel/ids";

/** A caller that does not say which question it has seen hears of the same one this often, so that polling in a loop stays slow. */
const TOLD_AGAIN_MS = 5_000;

export function approvalRoutes(app: OpenAPIHono, gate: Gate): void {
  const told = new RecentlyTold(TOLD_AGAIN_MS);
  endpoint(
    app,
    {
      method: "get",
      path: "/approvals/{id}",
      tag: "Decisions",
      summary: "Wait for a person's decision",
      description:
        "Answers at once when a person has decided, else when one does, and at the latest after `wait` seconds with what is known then. A person who asks something first ends the wait early, with `pending` and a `question`: answer it, and wait on with `seen`.",
      security: "run",
      params: idParams,
      query: approvalQuerySchema,
      status: 200,
      response: approvalSchema,
      refusals: [400, 404],
    },
    (c) => wait(gate, told, c),
  );
  endpoint(
    app,
    {
      method: "post",
      path: "/approvals/{id}/answers",
      tag: "Decisions",
      summary: "Answer a person's question",
      description:
        "Once per question, while the approval is pending. What is said here is for the person who decides; it changes neither the request nor its deadline. A repeat with the same content returns the first answer.",
      security: "run",
      params: idParams,
      headers: idempotencyHeaders,
      body: answerRequestSchema,
      status: 201,
      response: answerSchema,
      refusals: [400, 404, 409, 413, 415],
    },
    (c) => answer(gate, c),
  );
}

async function wait(gate: Gate, told: RecentlyTold, c: Context): Promise<Response> {
  const run = await freshRun(gate, await runOfToken(gate, bearerOf(c)), "read");
  const id = z.string().parse(c.req.param("id"));
  const { wait: seconds, seen } = queryOf(c, approvalQuerySchema);
  if (!isId(id)) throw notFound("approval");
  const tells = (news: ApprovalNews): boolean => {
    const question = nextQuestion(news, seen);
    return question !== undefined && (seen !== undefined || !told.has(question.id, Date.now()));
  };
  const news = await gate.waiters.wait(id, run.id, seconds * 1000, c.req.raw.signal, tells);
  if (!news) throw notFound("approval");
  const { questions: _all, ...known } = news;
  const question = nextQuestion(news, seen);
  if (question && seen === undefined) told.add(question.id, Date.now());
  return c.json({ ...known, ...(question && { question }) } satisfies ApprovalAnswer);
}

async function answer(gate: Gate, c: Context): Promise<Response> {
  const entry = await runOfToken(gate, bearerOf(c));
  const id = z.string().parse(c.req.param("id"));
  idempotencyKeyOf(c);
  const { questionId, text, evidence } = check(answerRequestSchema, await jsonBodyOf(c));
  if (!isId(id)) throw notFound("approval");
  const given = await gate.guard.wait(
    streamChange(gate.streams, new Date(), (change) =>
      answerQuestion(change, {
        approvalId: id,
        runId: entry.id,
        agentId: entry.state.agentId,
        questionId,
        text,
        evidence: evidence === undefined ? null : JSON.stringify(evidence),
      }),
    ),
  );
  if (!given.ok) throw Problem.of(given.error);
  return c.json(given.value, 201);
}
