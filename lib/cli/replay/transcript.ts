import { z } from "zod";

import type { Call } from "@/lib/cli/replay/expected";
import type { Json, JsonObject } from "@/lib/kernel/json";

/** One tool call of a transcript with what came back. */
export interface ToolCall {
  name: string;
  args: JsonObject;
  /** undefined: no result was recorded. */
  result: Json | undefined;
  ok: boolean;
}

/** One thing that happened, in order. */
type Beat =
  | { kind: "user"; text: string }
  | { kind: "assistant"; text: string | null; calls: ToolCall[]; usage: { input: number; output: number } };

/** A transcript as a run to be replayed. */
export interface Transcript {
  model: string | null;
  instruction: string | null;
  /** On whose behalf. */
  subject: string | null;
  /** What the transcript calls itself. */
  reference: string | null;
  outcome: "succeeded" | "failed";
  /** Of evaluation logs: the calls that a correct run makes; null where nobody says. */
  expected: Call[] | null;
  beats: Beat[];
}

const content = z
  .union([z.string(), z.array(z.looseObject({ text: z.string().optional() })), z.null()])
  .optional()
  .transform((value) => {
    if (typeof value === "string") return value;
    return value?.flatMap((part) => part.text ?? []).join("") ?? null;
  });
const calledFunction = z.looseObject({ name: z.string(), arguments: z.string().default("{}") });
const usage = z.looseObject({ prompt_tokens: z.int().min(0), completion_tokens: z.int().min(0) });
const message = z.looseObject({
  role: z.string(),
  content,
  tool_calls: z.array(z.looseObject({ id: z.string().optional(), function: calledFunction })).nullish(),
  /** The form before tools. */
  function_call: calledFunction.nullish(),
  tool_call_id: z.string().nullish(),
  usage: usage.nullish(),
});
type Message = z.output<typeof message>;
const name = z.union([z.string(), z.number()]).nullish();
const line = z.looseObject({
  messages: z.array(message).min(1),
  model: z.string().nullish(),
  user: z.string().nullish(),
  customer: z.string().nullish(),
  id: name,
  taskId: name,
  trial: name,
  /** Of evaluation logs: 1 is right. */
  reward: z.number().nullish(),
  expected: z.array(z.looseObject({ name: z.string(), arguments: z.record(z.string(), z.json()) })).nullish(),
});

/** Reads one line: a JSON object with OpenAI chat `messages`. Other keys that are known (`model`, `user`, `id` …) are taken up, the rest is ignored. */
export function readTranscript(text: string): { ok: true; transcript: Transcript } | { ok: false; message: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, message: "it is not JSON" };
  }
  const parsed = line.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { ok: false, message: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "it is not a transcript"}` };
  }
  const { messages, model, user, customer, id, taskId, trial, reward, expected } = parsed.data;
  const instructions = messages.filter(({ role }) => role === "system" || role === "developer");
  const reference = [id ?? taskId, trial].filter((part) => part !== null && part !== undefined).join("/");
  return {
    ok: true,
    transcript: {
      model: model ?? null,
      instruction: instructions.map((one) => one.content ?? "").join("\n\n") || null,
      subject: customer ?? user ?? null,
      reference: reference || null,
      outcome: reward !== null && reward !== undefined && reward < 1 ? "failed" : "succeeded",
      expected: expected?.map((one) => ({ name: one.name, args: exactObject(one.arguments) })) ?? null,
      beats: beatsOf(messages),
    },
  };
}

function beatsOf(messages: readonly Message[]): Beat[] {
  const beats: Beat[] = [];
  /** Calls of the latest assistant message that wait for a result. Their ids are unique there, though not always in the transcript. */
  let waiting: { id: string | undefined; call: ToolCall }[] = [];
  for (const one of messages) {
    if (one.role === "user" && one.content) beats.push({ kind: "user", text: one.content });
    if (one.role === "assistant") {
      const called = one.function_call ? [{ id: undefined, function: one.function_call }] : (one.tool_calls ?? []);
      waiting = called.map((call) => ({ id: call.id, call: callOf(call.function) }));
      const tokens = { input: one.usage?.prompt_tokens ?? 0, output: one.usage?.completion_tokens ?? 0 };
      beats.push({
        kind: "assistant",
        text: one.content || null,
        calls: waiting.map(({ call }) => call),
        usage: tokens,
      });
    }
    if (one.role === "tool" || one.role === "function") {
      const at = waiting.findIndex(({ id }) => id === undefined || id === one.tool_call_id);
      const [answered] = at < 0 ? [] : waiting.splice(at, 1);
      if (answered) Object.assign(answered.call, resultOf(one.content ?? ""));
    }
  }
  return beats;
}

function callOf(called: z.output<typeof calledFunction>): ToolCall {
  return { name: called.name, args: argumentsOf(called.arguments), result: undefined, ok: true };
}

/** Models write arguments that are no JSON object at times: they are kept as text. */
function argumentsOf(text: string): JsonObject {
  try {
    const value = exact(JSON.parse(text || "{}"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Kept below.
  }
  return { arguments: text };
}

/** A result that is JSON text is read as JSON. Tools that fail say `Error: …` or answer with an `error`. */
function resultOf(text: string): Pick<ToolCall, "result" | "ok"> {
  let result: Json = text;
  try {
    result = exact(JSON.parse(text));
  } catch {
    // It stays text.
  }
  const failed =
    typeof result === "string"
      ? /^\s*error\b/i.test(result)
      : typeof result === "object" && result !== null && !Array.isArray(result) && Boolean(result.error);
  return { result, ok: !failed };
}

const json = z.json();

/** Integers that a double does not hold are sent as texts: the gate refuses them as numbers. */
const exact = (value: unknown): Json => exactly(json.parse(value));

/** As arguments are, so that the two compare. */
const exactObject = (value: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, exactly(inner)]));

function exactly(value: Json): Json {
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(exactly);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, exactly(inner)]));
}
