import { describe, expect, it } from "vitest";
import { nextSort } from "./next-sort";
import { DEFAULT_PREFERENCES, parsePreferences } from "./preferences";

describe("stored preferences", () => {
  it("reads what was saved", () => {
    const saved = { density: "compact", columns: { cost: false, agent: true } };
    expect(parsePreferences(JSON.stringify(saved))).toEqual(saved);
  });

  it.each([null, "", "null", "[]", "7", "{", '{"density":"huge","columns":[]}'])("takes %s for the default", (text) => {
    expect(parsePreferences(text)).toEqual(DEFAULT_PREFERENCES);
  });

  it("drops what is no choice", () => {
    expect(parsePreferences('{"columns":{"cost":"no","agent":false}}').columns).toEqual({ agent: false });
  });
});

describe("pressing a header", () => {
  const start = { id: "startedAt", desc: true };

  it("goes through one direction, the other, and back to the list's own order", () => {
    expect(nextSort(start, "cost", true)).toEqual({ id: "cost", desc: true });
    expect(nextSort({ id: "cost", desc: true }, "cost", true)).toEqual({ id: "cost", desc: false });
    expect(nextSort({ id: "cost", desc: false }, "cost", true)).toBeNull();
    expect(nextSort(start, "name", false)).toEqual({ id: "name", desc: false });
  });
});
