import { describe, expect, it } from "vitest";
import { facet, openFacet, tableParams, tableState } from "./table-params";

const params = tableParams({
  ...tableState({ sorts: ["startedAt", "cost"], defaultSort: { id: "startedAt", desc: true } }),
  status: facet(["running", "failed"]),
  agent: openFacet(),
});

describe("table params", () => {
  it("has the defaults when nothing is in the URL", () => {
    expect(params.load({})).toEqual({
      q: "",
      sort: { id: "startedAt", desc: true },
      page: 1,
      size: 50,
      after: null,
      before: null,
      status: [],
      agent: [],
    });
  });

  it("reads what it writes, and leaves out defaults", () => {
    const href = params.href("/runs", {
      status: ["failed"],
      agent: ["desk", "a,b"],
      sort: { id: "cost", desc: false },
      page: 1,
    });
    expect(href).not.toContain("page");
    const read = params.load(new URL(href, "http://x").searchParams);
    expect(read).toMatchObject({
      status: ["failed"],
      agent: ["desk", "a,b"],
      sort: { id: "cost", desc: false },
      page: 1,
    });
  });

  it.each([
    "page=0",
    "page=-1",
    "page=1e9",
    "page=99999999999",
    "size=5000",
    "sort=password.asc",
    "sort=cost",
    "sort=cost.sideways",
    "status=nonsense",
  ])("falls back to the default for %s", (query) => {
    expect(params.load(new URLSearchParams(query))).toEqual(params.load({}));
  });

  it("bounds what a person can paste", () => {
    const read = params.load(
      new URLSearchParams({ q: "x".repeat(5_000), agent: Array.from({ length: 999 }, (_, at) => `a${at}`).join(",") }),
    );
    expect(read.q).toHaveLength(200);
    expect(read.agent).toHaveLength(50);
  });
});
