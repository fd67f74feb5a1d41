import { describe, expect, it } from "vitest";
import { groupHotkeys } from "./group-hotkeys";
import { NAV, sectionOf } from "./nav";

const hotkey = (label: string, group?: string, keys: string | undefined = "x", scope: string | null = null) => ({
  label,
  group,
  keys,
  scope,
  run: () => undefined,
});

describe("sections", () => {
  it.each([
    ["/", "overview"],
    ["/runs", "runs"],
    ["/runs/0193a4e2", "runs"],
    ["/runsx", undefined],
    ["/inbox", "inbox"],
    ["/approvals/0193a4e2", "inbox"],
    ["/sign-in", undefined],
  ])("finds the section of %s", (pathname, id) => expect(sectionOf(pathname)?.id).toBe(id));

  it("gives every section its own address and key", () => {
    expect(new Set(NAV.map((item) => item.href)).size).toBe(NAV.length);
    expect(new Set(NAV.map((item) => item.key)).size).toBe(NAV.length);
  });
});

describe("key sheet", () => {
  it("lists the page's own keys first and leaves out what has no key or belongs to a dialog", () => {
    const groups = groupHotkeys([
      hotkey("Search", "Everywhere"),
      hotkey("Runs", "Go to"),
      hotkey("Approve"),
      { ...hotkey("Sign out", "Everywhere"), keys: undefined },
      hotkey("Inside", "Dialog", "y", "dialog"),
    ]);
    expect(groups.map((group) => [group.name, group.hotkeys.map((each) => each.label)])).toEqual([
      ["This page", ["Approve"]],
      ["Go to", ["Runs"]],
      ["Everywhere", ["Search"]],
    ]);
  });
});
