import { describe, expect, it } from "vitest";

import { objectFromText, wordsFromText } from "@/lib/catalogue/form-text";

describe("what is typed into the form of an action", () => {
  it("is JSON, or says where it is not", () => {
    expect(objectFromText("  ", "args")).toEqual({ ok: true, value: null });
    expect(objectFromText('{"type": "object"}', "args")).toEqual({ ok: true, value: { type: "object" } });
    expect(objectFromText("[]", "args")).toMatchObject({ ok: false, error: { field: "args" } });
    expect(objectFromText('{\n  "a": 1,\n  b: 2\n}', "args")).toMatchObject({
      ok: false,
      error: { code: "invalid_input", field: "args", message: "This is no JSON: line 3." },
    });
    expect(objectFromText('{"a": ', "args").ok).toBe(false);
  });

  it("is words", () => {
    expect(wordsFromText(" pii, health\npii ,, ")).toEqual(["pii", "health"]);
    expect(wordsFromText("")).toEqual([]);
  });
});
