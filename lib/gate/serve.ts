import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

import { getRequestListener } from "@hono/node-server";
import type { OpenAPIHono } from "@hono/zod-openapi";

import { ask } from "@/lib/gate/ask";
import { bearerOfHeader } from "@/lib/gate/caller";
import { expectJson, keyOfHeader, MAX_BODY_BYTES, PREFIX, textOf, tooLarge } from "@/lib/gate/body";
import type { Gate } from "@/lib/gate/gate";
import { problemOfCause, refusalOf } from "@/lib/gate/refusal";

const START = `${PREFIX}/runs/`;
const END = "/decisions";
/** Longer than balancers and clients keep a connection that is idle (60 s): who closes it is then never the one that is being asked. */
const KEEP_ALIVE_MS = 75_000;
const LENGTH = START.length + 36 + END.length;

/**
 * Serves the application over HTTP. Decision requests take a way of their own with the same parts behind it (ask.ts): building Request and
 * Response objects and routing cost about as much as deciding (see e2e/bench).
 */
export function serveGate(gate: Gate, app: Pick<OpenAPIHono, "fetch">): Server {
  const listener = getRequestListener(app.fetch);
  const server = createServer((request, response) => {
    if (request.method === "POST" && isDecision(request.url ?? "")) decide(gate, request, response);
    else void listener(request, response);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return server;
}

const isDecision = (url: string): boolean => url.length === LENGTH && url.startsWith(START) && url.endsWith(END);

function decide(gate: Gate, request: IncomingMessage, response: ServerResponse): void {
  const arrivedMs = performance.now();
  if (Number(request.headers["content-length"] ?? 0) > MAX_BODY_BYTES) return refuse(gate, response, tooLarge());
  const parts: Buffer[] = [];
  let bytes = 0;
  request.on("data", (part: Buffer) => {
    parts.push(part);
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) {
      request.removeAllListeners("data").removeAllListeners("end").resume();
      refuse(gate, response, tooLarge());
    }
  });
  request.on("end", () => void respond(gate, request, response, whole(parts), arrivedMs));
}

/** Nearly always there is one part. */
const whole = (parts: readonly Buffer[]): Buffer => (parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts));

async function respond(
  gate: Gate,
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer,
  arrivedMs: number,
): Promise<void> {
  let body: string;
  try {
    body = await answer(gate, request, bytes, arrivedMs);
  } catch (cause) {
    return refuse(gate, response, cause);
  }
  response.writeHead(200, ["content-type", "application/json", "content-length", Buffer.byteLength(body)]).end(body);
}

function answer(gate: Gate, { headers, url = "" }: IncomingMessage, bytes: Buffer, arrivedMs: number): Promise<string> {
  const bearer = bearerOfHeader(headers.authorization);
  expectJson(headers["content-type"]);
  const key = headers["idempotency-key"];
  const runId = url.slice(START.length, START.length + 36);
  return ask(gate, {
    bearer,
    runId,
    key: keyOfHeader(Array.isArray(key) ? key[0] : key),
    text: textOf(bytes),
    arrivedMs,
  });
}

function refuse(gate: Gate, response: ServerResponse, cause: unknown): void {
  const problem = problemOfCause(cause);
  if (problem.code === "internal") gate.log.error({ err: cause }, "a decision request failed");
  gate.metrics.requests.inc({ route: `${START}:id${END}`, status: problem.status });
  const { status, headers, text } = refusalOf(problem);
  // What is left of a body that is too large is not waited for.
  if (status === 413) response.setHeader("connection", "close");
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(text) }).end(text);
}
