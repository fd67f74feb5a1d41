import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { explainCondition, type Part } from "@/lib/decisions/explain";
import { compileCondition } from "@/lib/policies/cel/condition";
import { refill } from "@/lib/policies/cel/meter";
import { argsTyping, UNTYPED, type ArgsTyping } from "@/lib/policies/cel/typing";
import type { JsonObject } from "@/lib/kernel/json";

const ARGS: JsonObject = {
  amount: 1250,
  note: "late (again)",
  tags: ["vip", "x"],
  address: { city: "Kyiv" },
  odd: null,
};
const variables = (typing: ArgsTyping, args = ARGS) => ({
  args: typing.convert(args),
  facts: { "crm.read": { a: { tier: "gold" } } },
  now: new Date("2026-11-21T12:00:00Z"),
});
function explain(text: string, typing = UNTYPED, args = ARGS): Part {
  const part = explainCondition(text, typing, variables(typing, args));
  if (!part) throw new Error("it does not parse");
  return part;
}
/** Each test of a condition with what it came to. */
const tests = (text: string, part: Part): string[] =>
  part.kind === "test"
    ? [`${text.slice(part.start, part.end)} → ${part.truth}`]
    : part.parts.flatMap((one) => tests(text, one));

describe("explainCondition", () => {
  it("gives each part what it came to, and its place", () => {
    const text = 'args.amount > 1000.0 && (args.note == "x" || !("vip" in args.tags)) && has(args.gone)';
    const part = explain(text);
    expect(part).toMatchObject({ kind: "all", truth: "false", start: 0, end: text.length });
    expect(tests(text, part)).toEqual([
      "args.amount > 1000.0 → true",
      'args.note == "x" → false',
      '"vip" in args.tags → true',
      "has(args.gone) → false",
    ]);
    expect(part.parts.map((one) => one.kind)).toEqual(["test", "any", "test"]);
    expect(part.parts[1]?.parts[1]).toMatchObject({ kind: "not", truth: "false" });
  });

  it("loses no digit of a number, however it is bracketed, quoted or commented", () => {
    const at = { amount: 0.12345678901234 };
    for (const text of [
      "args.amount > 0.12345678901233",
      "!(args.amount >= 0.12345678901235)",
      "(args.amount) > (0.12345678901233) && true",
      "true && ((args.amount > 0.12345678901233)) // ) not one (",
      'r"\\(" != "" && (args.amount > 0.12345678901233)',
      `'''(''' != "" && (args.amount + 0.00000000000002 > 0.12345678901235)`,
      "args.amount < 1.5e21 && args.amount < 1e300 && 1e-12 < args.amount",
    ]) {
      expect([text, explain(text, UNTYPED, at).truth]).toEqual([text, "true"]);
    }
    expect(explain("args.amount + 0.00000000000001 > 0.0", UNTYPED, at).reads[0]).toEqual({
      text: "args.amount + 0.00000000000001",
      value: at.amount + 0.00000000000001,
    });
  });

  it("shows what a test looked at", () => {
    const reads = (text: string, typing = UNTYPED) => explain(text, typing).reads;
    expect(reads("args.amount > 1000.0")).toEqual([{ text: "args.amount", value: 1250 }]);
    expect(reads('args.address.city == "Kyiv"')).toEqual([{ text: "args.address.city", value: "Kyiv" }]);
    expect(reads("args.amount * 2.0 > 1000.0")).toEqual([
      { text: "args.amount * 2.0", value: 2500 },
      { text: "args.amount", value: 1250 },
    ]);
    expect(reads("args.gone > 1")).toEqual([{ text: "args.gone" }]);
    expect(reads('facts["crm.read"]["a"].tier == "gold"')).toEqual([
      { text: 'facts["crm.read"]["a"].tier', value: "gold" },
    ]);
    expect(reads("args.tags.exists(tag, tag == args.note)")).toEqual([{ text: "args.tags", value: ["vip", "x"] }]);
    expect(reads('now - timestamp("2026-11-21T11:00:00Z") > duration("5m")')).toEqual([
      { text: 'now - timestamp("2026-11-21T11:00:00Z")', value: "3600s" },
      { text: "now", value: "2026-11-21T12:00:00.000Z" },
    ]);
    expect(reads("args.odd == null")).toEqual([{ text: "args.odd", value: null }]);
  });

  it("says why a test could not be evaluated", () => {
    expect(explain("args.gone > 1")).toMatchObject({
      truth: "error",
      error: expect.stringContaining("gone") as string,
    });
  });

  it("reads arguments by their schema", () => {
    const typing = argsTyping({ type: "object", properties: { count: { type: "integer" } } });
    expect(explain("args.count % 2 == 1", typing, { count: 7 })).toMatchObject({
      truth: "true",
      reads: [{ value: 1 }, { value: 7 }],
    });
  });

  it.each([
    ["(args.amount + 1.0) * 2.0 > 3.0", "(args.amount + 1.0) * 2.0 > 3.0"],
    ["!(args.amount > 1.0 && (args.odd == null))", "!(args.amount > 1.0 && (args.odd == null))"],
    ['( ( args.note ) == "late (again)" )', '( args.note ) == "late (again)" )'],
  ])("%s: brackets come in pairs", (text) => {
    const check = (part: Part): void => {
      const own = text.slice(part.start, part.end).replaceAll(/"[^"]*"/g, "");
      expect(own.split("(").length).toBe(own.split(")").length);
      for (const one of part.parts) check(one);
    };
    check(explain(text));
  });

  it("is null for what does not parse", () => expect(explainCondition("args.", UNTYPED, {})).toBeNull());

  const leaf = fc.constantFrom(
    "args.amount > 1000.0",
    "args.amount < 1.0",
    "args.gone == 1",
    'args.note.contains("(")',
    "args.tags.exists(t, t == 'vip')",
    'now.getHours("Europe/Berlin") == 13',
    'args.note.matches("^late")',
    "args.amount / 0.0 > 1.0",
    "[1, 2].all(x, x > 0)",
    "true",
  );
  const condition = fc.letrec<{ one: string }>((tie) => ({
    one: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.tuple(tie("one"), tie("one")).map(([a, b]) => `(${a}) && (${b})`),
      fc.tuple(tie("one"), tie("one")).map(([a, b]) => `(${a} || ${b})`),
      tie("one").map((a) => `!(${a})`),
      fc.tuple(tie("one"), tie("one"), tie("one")).map(([a, b, c]) => `((${a}) ? (${b}) : (${c}))`),
    ),
  })).one;

  it("comes to what the whole comes to, whatever it is made of", () => {
    fc.assert(
      fc.property(condition, (text) => {
        const compiled = compileCondition(text, UNTYPED);
        fc.pre(compiled.ok);
        if (!compiled.ok) return;
        refill();
        const outcome = compiled.program.run(variables(UNTYPED));
        expect(explain(text).truth).toBe(outcome.kind === "value" ? String(outcome.value) : "error");
      }),
      { numRuns: 3_000 },
    );
  });
});
