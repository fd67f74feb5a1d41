import { describe, expect, it } from "vitest";

import { actionNames } from "@/lib/cli/replay/mapping";
import { tallyText } from "@/lib/cli/replay/tally";
import { readTranscript } from "@/lib/cli/replay/transcript";

const read = (value: object) => {
  const got = readTranscript(JSON.stringify(value));
  if (!got.ok) throw new Error(got.message);
  return got.transcript;
};
const call = (id: string, name: string, args: string) => ({
  id,
  type: "function",
  function: { name, arguments: args },
});

describe("a transcript", () => {
  it("becomes what happened, in order, with results where they belong though ids repeat", () => {
    const transcript = read({
      model: "gpt-4o",
      customer: "mia",
      taskId: 3,
      trial: 1,
      reward: 0,
      messages: [
        { role: "system", content: "Be kind." },
        { role: "user", content: [{ type: "text", text: "Hi" }] },
        { role: "assistant", content: null, tool_calls: [call("x", "look", '{"id":1}')] },
        { role: "tool", tool_call_id: "x", content: '{"cabin":"economy"}' },
        {
          role: "assistant",
          content: "And",
          tool_calls: [call("x", "look", '{"id":2}'), call("y", "pay", "not json")],
        },
        { role: "tool", tool_call_id: "y", content: "Error: no money" },
        { role: "tool", tool_call_id: "x", content: '{"error":"gone"}' },
        { role: "assistant", content: "Bye", usage: { prompt_tokens: 7, completion_tokens: 2 } },
      ],
    });
    expect(transcript).toMatchObject({
      model: "gpt-4o",
      subject: "mia",
      reference: "3/1",
      instruction: "Be kind.",
      outcome: "failed",
    });
    const none = { input: 0, output: 0 };
    expect(transcript.beats).toEqual([
      { kind: "user", text: "Hi" },
      {
        kind: "assistant",
        text: null,
        usage: none,
        calls: [{ name: "look", args: { id: 1 }, result: { cabin: "economy" }, ok: true }],
      },
      {
        kind: "assistant",
        text: "And",
        usage: none,
        calls: [
          { name: "look", args: { id: 2 }, result: { error: "gone" }, ok: false },
          { name: "pay", args: { arguments: "not json" }, result: "Error: no money", ok: false },
        ],
      },
      { kind: "assistant", text: "Bye", usage: { input: 7, output: 2 }, calls: [] },
    ]);
  });

  it("takes the older form of calls, calls without a result, and numbers that a double cannot hold", () => {
    const transcript = read({
      messages: [
        { role: "assistant", content: null, function_call: { name: "look", arguments: '{"id":12345678901234567890}' } },
        { role: "function", name: "look", content: "fine" },
        { role: "assistant", content: null, tool_calls: [call("z", "wait", "{}")] },
      ],
    });
    expect(transcript.outcome).toBe("succeeded");
    expect(transcript.beats.map((beat) => (beat.kind === "assistant" ? beat.calls : []))).toEqual([
      [{ name: "look", args: { id: "12345678901234567000" }, result: "fine", ok: true }],
      [{ name: "wait", args: {}, result: undefined, ok: true }],
    ]);
  });

  it.each(["", "{", "[]", '{"messages":[]}', '{"messages":[{"content":"no role"}]}'])(
    "refuses %j with a reason",
    (text) => {
      expect(readTranscript(text)).toMatchObject({ ok: false, message: expect.stringMatching(/./) });
    },
  );
});

describe("names of actions", () => {
  const catalogue = ["airline.pay", "bank.pay", "airline.look", "crm.look_up"];

  it("are found in the one system that the agent is granted", () => {
    const name = actionNames(null, catalogue, ["airline.*", "crm.look_*"]);
    expect(["pay", "look", "look_up", "bank.pay", "fly", "strange name!"].map(name)).toEqual([
      "airline.pay",
      "airline.look",
      "crm.look_up",
      "bank.pay",
      "unclassified.fly",
      "unclassified.strange_name_",
    ]);
    expect(actionNames(null, catalogue, ["*"])("pay")).toBe("unclassified.pay");
    expect(actionNames("bank", catalogue, [])("fly")).toBe("bank.fly");
  });
});

describe("the tally", () => {
  it("counts by action, then says why", () => {
    const rest = { decisionId: null, line: 1, judged: null };
    const allowed = {
      ...rest,
      action: "a.read",
      effect: "allow",
      code: "allowed",
      message: "Allowed.",
      review: false,
    } as const;
    const denied = {
      ...rest,
      action: "a.pay",
      effect: "deny",
      code: "policy_denied",
      message: "Too much.",
      review: false,
    } as const;
    expect(tallyText({ runs: 2, calls: [denied, allowed, allowed, denied, allowed], failures: [] })).toBe(
      [
        "2 runs, 5 tool calls.",
        "",
        "ACTION  ASKED  ALLOWED  DENIED  ESCALATED",
        "a.read      3        3       0          0",
        "a.pay       2        0       2          0",
        "            5        3       2          0",
        "",
        "TIMES  DECIDED  CODE           ACTION  WHY",
        "    2  denied   policy_denied  a.pay   Too much.",
      ].join("\n"),
    );
  });
});
