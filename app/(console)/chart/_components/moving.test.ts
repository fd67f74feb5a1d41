import { describe, expect, it } from "vitest";

import { listRows, moveInList } from "@/app/(console)/chart/_components/list-rows";
import { moveInChart } from "@/app/(console)/chart/_components/move-in-chart";
import type { ChartNode } from "@/lib/agents/chart-queries";
import { childrenOf } from "@/lib/agents/tree";

const node = (id: string, parentId: string | null): ChartNode => ({
  id,
  parentId,
  kind: "team",
  slug: id,
  name: id,
  suspended: false,
  lead: null,
  leadId: null,
  position: 0,
  envelope: null,
  agent: null,
});

// acme ─ support (desk ─ helper, mail), finance
const NODES = [
  node("acme", null),
  node("support", "acme"),
  node("finance", "acme"),
  node("desk", "support"),
  node("mail", "support"),
  node("helper", "desk"),
];
const byId = new Map(NODES.map((one) => [one.id, one]));
const children = childrenOf(NODES);

const press = (current: string | null, key: string, ...collapsed: string[]) =>
  moveInChart({ byId, children, collapsed: new Set(collapsed), current, stacked: new Set(["desk", "mail"]) }, key);

describe("moving in the chart by keys", () => {
  it("goes along a column, and opens what is closed in it sideways", () => {
    expect(press("desk", "ArrowDown")).toEqual({ kind: "look", id: "mail" });
    expect(press("mail", "ArrowUp")).toEqual({ kind: "look", id: "desk" });
    expect(press("desk", "ArrowUp")).toEqual({ kind: "look", id: "support" });
    expect(press("mail", "ArrowDown")).toBeNull();
    expect(press("desk", "ArrowRight", "desk")).toEqual({ kind: "toggle", id: "desk" });
    expect(press("mail", "ArrowLeft")).toBeNull();
  });

  it("goes through what hangs below a card of the column before it goes on", () => {
    const stacked = new Set(["desk", "mail", "helper"]);
    const along = (current: string, key: string, ...collapsed: string[]) =>
      moveInChart({ byId, children, collapsed: new Set(collapsed), current, stacked }, key);
    expect(along("desk", "ArrowDown")).toEqual({ kind: "look", id: "helper" });
    expect(along("helper", "ArrowDown")).toEqual({ kind: "look", id: "mail" });
    expect(along("mail", "ArrowUp")).toEqual({ kind: "look", id: "helper" });
    expect(along("helper", "ArrowUp")).toEqual({ kind: "look", id: "desk" });
    expect(along("desk", "ArrowUp")).toEqual({ kind: "look", id: "support" });
    expect(along("mail", "ArrowUp", "desk")).toEqual({ kind: "look", id: "desk" });
  });

  it("goes up to the parent, down to the first child, sideways among siblings", () => {
    expect(press("support", "ArrowUp")).toEqual({ kind: "look", id: "acme" });
    expect(press("support", "ArrowDown")).toEqual({ kind: "look", id: "desk" });
    expect(press("support", "ArrowRight")).toEqual({ kind: "look", id: "finance" });
    expect(press("finance", "ArrowLeft")).toEqual({ kind: "look", id: "support" });
    expect(press("helper", "Home")).toEqual({ kind: "look", id: "acme" });
    expect(press("helper", "Enter")).toMatchObject({ kind: "open", node: { id: "helper" } });
  });

  it("opens what is closed, and ends at the edges", () => {
    expect(press("support", "ArrowDown", "support")).toEqual({ kind: "toggle", id: "support" });
    expect(press("support", " ")).toEqual({ kind: "toggle", id: "support" });
    expect(press("acme", "ArrowUp")).toBeNull();
    expect(press("helper", "ArrowDown")).toBeNull();
    expect(press("helper", " ")).toBeNull();
    expect(press("finance", "ArrowRight")).toBeNull();
    expect(press("finance", "x")).toBeNull();
    expect(press(null, "ArrowDown")).toEqual({ kind: "look", id: "acme" });
    expect(press(null, "Enter")).toBeNull();
  });
});

describe("moving in the list by keys", () => {
  const rows = listRows(children, new Set(["desk"]));
  const pressIn = (id: string, key: string) => {
    const at = rows.find((row) => row.node.id === id);
    return at ? moveInList(rows, at, key) : undefined;
  };

  it("reads from the top, each node before what stands below it", () => {
    expect(rows.map((row) => [row.node.id, row.level, row.place, row.size, row.open])).toEqual([
      ["acme", 1, 1, 1, true],
      ["support", 2, 1, 2, true],
      ["desk", 3, 1, 2, false],
      ["mail", 3, 2, 2, null],
      ["finance", 2, 2, 2, null],
    ]);
  });

  it("follows the ARIA tree pattern", () => {
    expect(pressIn("desk", "ArrowDown")).toEqual({ kind: "look", id: "mail" });
    expect(pressIn("mail", "ArrowUp")).toEqual({ kind: "look", id: "desk" });
    expect(pressIn("desk", "ArrowRight")).toEqual({ kind: "toggle", id: "desk" });
    expect(pressIn("support", "ArrowRight")).toEqual({ kind: "look", id: "desk" });
    expect(pressIn("support", "ArrowLeft")).toEqual({ kind: "toggle", id: "support" });
    expect(pressIn("mail", "ArrowLeft")).toEqual({ kind: "look", id: "support" });
    expect(pressIn("acme", "End")).toEqual({ kind: "look", id: "finance" });
    expect(pressIn("finance", "Home")).toEqual({ kind: "look", id: "acme" });
    for (const [id, key] of [
      ["finance", "ArrowDown"],
      ["acme", "ArrowUp"],
      ["mail", "ArrowRight"],
      ["mail", " "],
      ["mail", "x"],
    ] as const)
      expect(pressIn(id, key)).toBeNull();
  });
});
