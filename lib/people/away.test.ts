import { describe, expect, it } from "vitest";

import { awayAt, nextChange, presentFor, type Away, type AwayBy } from "@/lib/people/away";

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 21, hour));
const away = (from: number, to: number | null, delegateId: string | null = null): Away => ({
  startsAt: at(from),
  endsAt: to === null ? null : at(to),
  delegateId,
});
const anybody = (): boolean => true;

describe("who is there", () => {
  it("from the first instant on, until before the last", () => {
    const absences = [away(8, 10), away(12, null)];
    expect([7, 8, 9, 10, 11, 12, 23].map((hour) => awayAt(absences, at(hour)) !== null)).toEqual([
      false,
      true,
      true,
      false,
      false,
      true,
      true,
    ]);
    expect(nextChange(absences, at(7))).toEqual(at(8));
    expect(nextChange(absences, at(8))).toEqual(at(10));
    expect(nextChange(absences, at(12))).toBeNull();
  });

  it("a delegate comes in their place, and that one's own delegate when both are away", () => {
    const by: AwayBy = new Map([
      ["ana", [away(8, 18, "ben")]],
      ["ben", [away(10, 12, "cyd")]],
    ]);
    expect(presentFor("ana", by, at(7), anybody)).toBe("ana");
    expect(presentFor("ana", by, at(9), anybody)).toBe("ben");
    expect(presentFor("ana", by, at(11), anybody)).toBe("cyd");
  });

  it("I3: a delegate who may not decide is not asked, nor is whom they name", () => {
    const by: AwayBy = new Map([
      ["ana", [away(8, 18, "ben")]],
      ["ben", [away(8, 18, "cyd")]],
    ]);
    expect(presentFor("ana", by, at(9), (id) => id !== "ben")).toBeNull();
    expect(presentFor("ana", by, at(9), (id) => id !== "ana")).toBeNull();
  });

  it("two who are delegates of each other, both away: nobody is there", () => {
    const by: AwayBy = new Map([
      ["ana", [away(8, 18, "ben")]],
      ["ben", [away(8, 18, "ana")]],
    ]);
    expect(presentFor("ana", by, at(9), anybody)).toBeNull();
  });
});
