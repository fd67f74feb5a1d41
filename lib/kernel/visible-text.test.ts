import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { textPieces, visibleText } from "@/lib/kernel/visible-text";

describe("visible text", () => {
  it.each([
    ["pay\u202Egnp.exe", "pay⟨U+202E⟩gnp.exe"],
    ["a\u2066b\u2069", "a⟨U+2066⟩b⟨U+2069⟩"],
    ["acme\u200Bbank", "acme⟨U+200B⟩bank"],
    ["in\u00ADvoice", "in⟨U+00AD⟩voice"],
    ["\uFEFF", "⟨U+FEFF⟩"],
    ["x\u{E0041}y", "x⟨U+E0041⟩y"],
    ["nul\u0000", "nul⟨U+0000⟩"],
    ["lat\u200Din", "lat⟨U+200D⟩in"],
  ])("marks what cannot be seen in %j", (text, shown) => expect(visibleText(text)).toBe(shown));

  it.each([
    "",
    "two\nlines\tand a tab\r\n",
    "Grüße, 你好, שלום",
    "می\u200Cخواهم",
    "👩🏽\u200D🚒 👨\u200D👩\u200D👧",
    "❤\uFE0F",
  ])("leaves %j as it is written", (text) => expect(visibleText(text)).toBe(text));

  it("keeps every other character, in order, and shows no hidden one", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "\u200B", "\u202E", "😀", "\n", "\u00AD") }), (text) => {
        const pieces = textPieces(text);
        const seen = pieces.map((piece) => (piece.kind === "text" ? piece.text : "")).join("");
        expect(seen).toBe(text.replaceAll(/[\u200B\u202E\u00AD]/g, ""));
        expect(pieces.filter((piece) => piece.kind === "hidden")).toHaveLength(
          text.match(/[\u200B\u202E\u00AD]/g)?.length ?? 0,
        );
      }),
    );
  });

  it("reads a mebibyte of marks at once", () => {
    expect(textPieces("\u202E".repeat(1_048_576))).toHaveLength(1_048_576);
  });
});
