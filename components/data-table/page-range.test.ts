import { describe, expect, it } from "vitest";
import { emptiness, pageCount, pageRange } from "./page-range";

const page = (total: number) => ({ kind: "page", total }) as const;

describe("paging", () => {
  it("says which rows are shown", () => {
    expect(pageRange(1, 50, 50)).toEqual({ first: 1, last: 50 });
    expect(pageRange(3, 50, 7)).toEqual({ first: 101, last: 107 });
    expect(pageRange(1, 50, 0)).toEqual({ first: 0, last: 0 });
  });

  it("counts pages", () => {
    expect([0, 1, 50, 51].map((total) => pageCount(total, 50))).toEqual([1, 1, 1, 2]);
  });

  it("tells nothing yet from no match from a page past the end", () => {
    expect(emptiness(3, true, 1, page(3))).toBe("none");
    expect(emptiness(0, false, 1, page(0))).toBe("nothing-yet");
    expect(emptiness(0, true, 1, page(0))).toBe("no-match");
    expect(emptiness(0, true, 4, page(120))).toBe("past-the-end");
    expect(emptiness(0, false, 1, { kind: "cursor", next: null, previous: "x" })).toBe("past-the-end");
  });
});
