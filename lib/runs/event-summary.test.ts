import { expect, it } from "vitest";

import { eventSummary } from "@/lib/runs/event-summary";

const nothing = { preview: null, model: null, inputTokens: null, outputTokens: null, ok: null };

it("tells a model call by its completion", () => {
  const payload = {
    model: "gpt-4o",
    temperature: 0,
    inputTokens: 900,
    outputTokens: 40,
    prompt: [{ role: "user", content: "Hi" }],
    completion: "Hello,\n how can I help?",
  };
  expect(eventSummary(payload, null)).toEqual({
    preview: "Hello, how can I help?",
    model: "gpt-4o",
    inputTokens: 900,
    outputTokens: 40,
    ok: null,
  });
});

it("tells a tool call by its error, else its result", () => {
  expect(eventSummary({ ok: false, error: { message: "No seats" }, result: null }, null)).toEqual({
    ...nothing,
    preview: "No seats",
    ok: false,
  });
  expect(eventSummary({ ok: true, result: { seats: 3 } }, null)).toEqual({
    ...nothing,
    preview: '{"seats":3}',
    ok: true,
  });
  expect(eventSummary({ ok: true, decisionId: "x" }, null)).toEqual({ ...nothing, ok: true });
});

it("tells chat by its last message, odd shapes by their JSON, and cuts what is long", () => {
  expect(
    eventSummary(
      {
        prompt: [
          { role: "system", content: "Be kind" },
          { role: "user", content: "Refund?" },
        ],
      },
      null,
    ).preview,
  ).toBe("Refund?");
  expect(eventSummary({ stage: "search", hits: 4 }, null).preview).toBe('{"stage":"search","hits":4}');
  expect(eventSummary(null, null)).toEqual(nothing);
  expect(eventSummary([1, 2], null).preview).toBe("[1,2]");
  expect(eventSummary({ text: "x".repeat(9_999) }, null).preview).toHaveLength(240);
  expect(eventSummary(null, `{"prompt":"${"x".repeat(500)}`).preview).toHaveLength(240);
});
