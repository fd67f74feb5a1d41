import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { decodePlace, encodePlace, entryKey, parseEntryKey, type Place } from "@/lib/runs/timeline-cursor";

const uuid = "0193a1b2-0000-7000-8000-000000000001";

describe("a place in a timeline", () => {
  it("survives the URL, whatever id a client chose", () => {
    const places: fc.Arbitrary<Place> = fc.record({
      atMs: fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }),
      type: fc.constant("event" as const),
      id: fc.string({ minLength: 1, maxLength: 200 }).filter((id) => !id.includes("\0")),
    });
    fc.assert(
      fc.property(places, (place) => {
        expect(decodePlace(encodePlace(place))).toEqual(place);
      }),
    );
    const decision: Place = { atMs: 1_700_000_000_000, type: "decision", id: uuid };
    expect(decodePlace(encodePlace(decision))).toEqual(decision);
  });

  it.each([
    "",
    "x",
    "1.1.notauuid",
    `1.9.${uuid}`,
    `-99999999999999.1.${uuid}`,
    `1e9.1.${uuid}`,
    "999999999999999.4.a",
    "1.4.a\0b",
    "1.4.",
  ])("refuses %j", (text) => expect(decodePlace(text)).toBeNull());

  it("names entries", () => {
    expect(parseEntryKey(entryKey("event", "a:b.c"))).toEqual({ type: "event", id: "a:b.c" });
    expect(parseEntryKey(`decision:${uuid}`)).toEqual({ type: "decision", id: uuid });
    for (const text of ["decision:1", "thing:1", "event:", `event:${"x".repeat(300)}`])
      expect(parseEntryKey(text)).toBeNull();
  });
});
