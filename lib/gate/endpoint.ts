import { createRoute, type OpenAPIHono, type z } from "@hono/zod-openapi";
import type { Context } from "hono";

import { check, expectJson, keyOfHeader, MAX_BODY_BYTES, parseJson, PREFIX, textOf, tooLarge } from "@/lib/gate/body";
import type { Problem } from "@/lib/gate/problem";
import { refusalOf } from "@/lib/gate/refusal";
import { problemSchema } from "@/lib/gate/wire";
import type { Json } from "@/lib/kernel/json";

/** Who may call: an agent by its credential, a run by its token, either, an agent or a system by a task's token, or anybody. */
type Security = "credential" | "run" | "credential_or_run" | "credential_or_task" | "none";

interface EndpointSpec<Body extends z.ZodType | undefined> {
  method: "get" | "post";
  /** As OpenAPI writes it: `/runs/{id}/decisions`. */
  path: string;
  tag: string;
  summary: string;
  description?: string;
  security: Security;
  params?: z.ZodObject;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  body?: Body;
  status: 200 | 201;
  response: z.ZodType;
  /** Statuses of refusals beside 401, 500 and 503. */
  refusals: readonly number[];
}

const SCHEMES: Record<Security, { credential?: []; run?: []; task?: [] }[]> = {
  credential: [{ credential: [] }],
  run: [{ run: [] }],
  credential_or_run: [{ credential: [] }, { run: [] }],
  credential_or_task: [{ credential: [] }, { task: [] }],
  none: [],
};

/** Puts an endpoint into the application and, from the same schemas, into its OpenAPI document. */
export function endpoint<Body extends z.ZodType | undefined>(
  app: OpenAPIHono,
  spec: EndpointSpec<Body>,
  handle: (c: Context) => Promise<Response> | Response,
): void {
  const problem = { "application/problem+json": { schema: problemSchema } };
  const refusals = spec.security === "none" ? spec.refusals : [401, ...spec.refusals, 500, 503];
  app.openAPIRegistry.registerPath(
    createRoute({
      method: spec.method,
      path: PREFIX + spec.path,
      tags: [spec.tag],
      summary: spec.summary,
      ...(spec.description !== undefined && { description: spec.description }),
      security: SCHEMES[spec.security],
      request: {
        ...(spec.params && { params: spec.params }),
        ...(spec.query && { query: spec.query }),
        ...(spec.headers && { headers: spec.headers }),
        ...(spec.body && { body: { required: true, content: { "application/json": { schema: spec.body } } } }),
      },
      responses: {
        [spec.status]: { description: spec.summary, content: { "application/json": { schema: spec.response } } },
        ...Object.fromEntries(refusals.map((status) => [status, { description: "Refused", content: problem }])),
      },
    }),
  );
  app.on(spec.method.toUpperCase(), PREFIX + spec.path.replaceAll(/\{(\w+)\}/g, ":$1"), handle);
}

/** The answer to a refusal. */
export function refuse(problem: Problem): Response {
  const { status, headers, text } = refusalOf(problem);
  return new Response(text, { status, headers });
}

/** The query, checked. */
export const queryOf = <S extends z.ZodType>(c: Context, schema: S): z.output<S> => check(schema, c.req.query());

/**
 * The body, checked; an absent one counts as `fallback` where that is given.
 * @throws Problem for what is not JSON, too large, too deep, or does not fit.
 */
export async function bodyOf<S extends z.ZodType>(c: Context, schema: S, fallback?: Json): Promise<z.output<S>> {
  return check(schema, await jsonBodyOf(c, fallback));
}

/** The body's JSON. Throws as {@link bodyOf}. */
export async function jsonBodyOf(c: Context, fallback?: Json): Promise<Json> {
  const text = await bodyText(c);
  if (text === "" && fallback !== undefined) return fallback;
  expectJson(c.req.header("content-type"));
  return parseJson(text);
}

/**
 * The body's text.
 * @throws Problem `too_large`, `malformed_json`.
 */
export async function bodyText(c: Context): Promise<string> {
  const declared = c.req.header("content-length");
  if (declared !== undefined) {
    if (Number(declared) > MAX_BODY_BYTES) throw tooLarge();
    return textOf(Buffer.from(await c.req.arrayBuffer()));
  }
  const stream = c.req.raw.body;
  if (!stream) return "";
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.byteLength;
    if (bytes > MAX_BODY_BYTES) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(part.value);
  }
  return textOf(Buffer.concat(chunks));
}

export const idempotencyKeyOf = (c: Context): string | null => keyOfHeader(c.req.header("idempotency-key"));
