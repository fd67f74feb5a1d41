import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { membersFrom, onCallAt, SHIFT_UNITS, turnsFrom, type Rotation } from "@/lib/rotations/on-call";

const weekly: Rotation = {
  memberIds: ["ana", "ben", "cyd"],
  shiftLength: 1,
  shiftUnit: "weeks",
  handoverMinute: 9 * 60,
  zone: "Europe/Berlin",
  startsOn: "2026-10-05",
  overrides: [],
};
const at = (iso: string): Date => new Date(iso);
const who = (rotation: Rotation, iso: string): string | undefined => onCallAt(rotation, at(iso))?.personId;

describe("who is on call", () => {
  it("nobody before the first turn, then each for one shift, from handover to handover", () => {
    expect(who(weekly, "2026-10-05T06:59:59Z")).toBeUndefined();
    expect(onCallAt(weekly, at("2026-10-05T07:00:00Z"))).toEqual({
      personId: "ana",
      startsAt: at("2026-10-05T07:00:00Z"),
      endsAt: at("2026-10-12T07:00:00Z"),
      insteadOf: null,
    });
    expect(who(weekly, "2026-10-12T06:59:59.999Z")).toBe("ana");
    expect(who(weekly, "2026-10-12T07:00:00Z")).toBe("ben");
    expect(who(weekly, "2026-10-26T07:59:59Z")).toBe("cyd");
    // Clocks went back on 25 October: nine in the morning is an hour later.
    expect(who(weekly, "2026-10-26T08:00:00Z")).toBe("ana");
  });

  it("turns of hours follow the clocks: the night that an hour is lost is an hour shorter", () => {
    const night: Rotation = {
      ...weekly,
      shiftLength: 12,
      shiftUnit: "hours",
      handoverMinute: 20 * 60,
      startsOn: "2026-03-28",
    };
    expect(turnsFrom(night, at("2026-03-28T19:00:00Z"), 2)).toMatchObject([
      { personId: "ana", endsAt: at("2026-03-29T06:00:00Z") },
      { personId: "ben", endsAt: at("2026-03-29T18:00:00Z") },
    ]);
  });

  it("a handover at an hour that clocks jump over happens after the jump", () => {
    const early: Rotation = { ...weekly, shiftUnit: "days", handoverMinute: 150, startsOn: "2026-03-28" };
    expect(onCallAt(early, at("2026-03-28T12:00:00Z"))?.endsAt).toEqual(at("2026-03-29T01:30:00Z"));
  });

  it("who stands in is on call instead, from and until the minute", () => {
    const swapped: Rotation = {
      ...weekly,
      overrides: [{ personId: "cyd", startsAt: at("2026-10-07T10:00:00Z"), endsAt: at("2026-10-08T10:00:00Z") }],
    };
    expect(turnsFrom(swapped, at("2026-10-07T09:00:00Z"), 3)).toEqual([
      {
        personId: "ana",
        startsAt: at("2026-10-05T07:00:00Z"),
        endsAt: at("2026-10-07T10:00:00Z"),
        insteadOf: null,
      },
      {
        personId: "cyd",
        startsAt: at("2026-10-07T10:00:00Z"),
        endsAt: at("2026-10-08T10:00:00Z"),
        insteadOf: "ana",
      },
      {
        personId: "ana",
        startsAt: at("2026-10-08T10:00:00Z"),
        endsAt: at("2026-10-12T07:00:00Z"),
        insteadOf: null,
      },
    ]);
    expect(membersFrom(swapped, at("2026-10-07T12:00:00Z"))).toEqual(["cyd", "ana", "ben"]);
  });

  it("what is stored wrong puts nobody on call and throws nothing", () => {
    for (const broken of [{ zone: "Nowhere/Land" }, { memberIds: [] }, { startsOn: "soon" }, { shiftLength: 0 }])
      expect(onCallAt({ ...weekly, ...broken }, at("2026-10-06T00:00:00Z"))).toBeNull();
  });
});

const rotations = fc.record({
  memberIds: fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1 }),
  shiftLength: fc.integer({ min: 1, max: 40 }),
  shiftUnit: fc.constantFrom(...SHIFT_UNITS),
  handoverMinute: fc.integer({ min: 0, max: 1_439 }),
  zone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"),
  startsOn: fc.constantFrom("2026-03-27", "2026-10-24", "2026-01-01", "2026-03-08", "2026-11-01"),
  overrides: fc
    .uniqueArray(fc.integer({ min: 0, max: 9_000 }), { maxLength: 6 })
    .map((hours) => hours.toSorted((x, y) => x - y))
    .map((hours) =>
      hours.flatMap((from, index) => {
        const to = hours[index + 1];
        if (index % 2 === 1 || to === undefined) return [];
        const hour = (n: number): Date => new Date(Date.UTC(2026, 0, 1) + n * 3_600_000);
        return [{ personId: "a", startsAt: hour(from), endsAt: hour(to) }];
      }),
    ),
});

it("turns follow each other without a gap or an overlap, and each instant of one finds it", () => {
  fc.assert(
    fc.property(rotations, fc.integer({ min: 0, max: 400 * 24 * 60 }), (rotation, minute) => {
      const now = new Date(Date.UTC(2026, 0, 1) + minute * 60_000);
      const turns = turnsFrom(rotation, now, 5);
      expect(turns).toHaveLength(5);
      for (const [index, turn] of turns.entries()) {
        expect(turn.startsAt < turn.endsAt).toBe(true);
        const next = turns[index + 1];
        if (next) expect(next.startsAt).toEqual(turn.endsAt);
        for (const instant of [turn.startsAt, new Date(turn.endsAt.getTime() - 1)])
          expect(onCallAt(rotation, instant)).toEqual(turn);
      }
    }),
    { numRuns: 2_000 },
  );
});
