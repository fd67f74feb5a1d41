import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, expect, it } from "vitest";

import { createDesk, type Desk } from "@/e2e/api/desk-testing";
import { startGateProcess, type GateProcess } from "@/e2e/api/gate-process";
import { call, startRun } from "@/e2e/api/http";
import type { Json, JsonObject } from "@/lib/kernel/json";

let desk: Desk;
let gate: GateProcess;
let document: JsonObject;

const at = (value: Json | undefined, ...path: string[]): Json | undefined =>
  path.reduce<Json | undefined>(
    (part, key) => (typeof part === "object" && part !== null && !Array.isArray(part) ? part[key] : undefined),
    value,
  );

beforeAll(async () => {
  desk = await createDesk();
  gate = await startGateProcess(desk.database.runtimeUrl);
  document = (await call(gate.url, "GET", "/openapi.json")).body as JsonObject;
});
afterAll(async () => {
  await gate.stop();
  await desk.close();
});

/** A validator of what stands there in the document, with its components beside it, so that references resolve. */
function validatorOf(...path: string[]) {
  const schema = at(document, "paths", ...path, "schema");
  if (schema === undefined) throw new Error(`nothing at ${path.join(" ")}`);
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  return ajv.compile(JSON.parse(JSON.stringify({ ...(schema as JsonObject), components: document.components })));
}

it("is OpenAPI 3.1 and names every operation that the gate serves", () => {
  expect(document.openapi).toBe("3.1.0");
  const operations = Object.entries(document.paths as JsonObject).flatMap(([path, item]) =>
    Object.keys(item as JsonObject).map((method) => `${method} ${path}`),
  );
  expect(operations.toSorted()).toEqual([
    "get /api/v1/appeals/{id}",
    "get /api/v1/approvals/{id}",
    "get /api/v1/health",
    "get /api/v1/me",
    "get /api/v1/ready",
    "get /api/v1/runs/{id}",
    "get /api/v1/tasks",
    "post /api/v1/approvals/{id}/answers",
    "post /api/v1/runs",
    "post /api/v1/runs/{id}/appeals",
    "post /api/v1/runs/{id}/authentication",
    "post /api/v1/runs/{id}/complete",
    "post /api/v1/runs/{id}/decisions",
    "post /api/v1/runs/{id}/events",
    "post /api/v1/runs/{id}/heartbeat",
    "post /api/v1/tasks/{id}",
  ]);
});

it("has no reference that leads nowhere", () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1] ?? "");
  expect(references.length).toBeGreaterThan(5);
  for (const reference of references) expect(at(document, ...reference.split("/"))).toBeDefined();
});

it("describes what is really answered", async () => {
  const run = await startRun(gate.url, desk.credential);
  const json = ["content", "application/json"] as const;
  const event = { id: "1", kind: "log", at: new Date().toISOString() };
  const answers: [string[], () => Promise<{ body: Record<string, unknown> }>][] = [
    [
      ["/api/v1/runs/{id}/decisions", "post", "responses", "200", ...json],
      () => run.ask("desk.refund", { amount: 500 }),
    ],
    [
      ["/api/v1/runs/{id}/events", "post", "responses", "200", ...json],
      () => run.post("/events", { events: [event, { id: "2" }] }),
    ],
    [["/api/v1/runs/{id}/heartbeat", "post", "responses", "200", ...json], () => run.post("/heartbeat", {})],
    [
      ["/api/v1/runs/{id}", "get", "responses", "200", ...json],
      () => call(gate.url, "GET", `/runs/${run.id}`, { bearer: run.token }),
    ],
    [["/api/v1/me", "get", "responses", "200", ...json], () => call(gate.url, "GET", "/me", { bearer: run.token })],
    [
      ["/api/v1/tasks", "get", "responses", "200", ...json],
      () => call(gate.url, "GET", "/tasks?wait=0", { bearer: desk.credential }),
    ],
    [
      ["/api/v1/runs", "post", "responses", "201", ...json],
      () => call(gate.url, "POST", "/runs", { bearer: desk.credential, body: { trigger: { kind: "x" } } }),
    ],
    [
      ["/api/v1/runs/{id}/decisions", "post", "responses", "400", "content", "application/problem+json"],
      () => run.post("/decisions", {}),
    ],
  ];
  for (const [path, answer] of answers) {
    const validate = validatorOf(...path);
    validate((await answer()).body);
    expect({ path, errors: validate.errors }).toEqual({ path, errors: null });
  }
});

it("names no scheme that the gate does not take", () => {
  expect(Object.keys(at(document, "components", "securitySchemes") as JsonObject).toSorted()).toEqual([
    "credential",
    "run",
    "task",
  ]);
});
