import { describe, expect, it } from "vitest";

import { depthsOf, entryWords, mergeEntries, sinceStart } from "@/lib/runs/entry-words";
import { compareEntries } from "@/lib/runs/timeline-cursor";
import type { EventEntry, TimelineEntry } from "@/lib/runs/timeline";

const event = (id: string, more: Partial<EventEntry> = {}): EventEntry => ({
  type: "event",
  key: `event:${id}`,
  id,
  at: "2026-03-10T12:00:00.000Z",
  kind: "step",
  name: null,
  durationMs: null,
  parentEventId: null,
  decisionId: null,
  costMicroUsd: null,
  summary: { preview: null, model: null, inputTokens: null, outputTokens: null, ok: null },
  lateMs: null,
  ...more,
});

const decision: TimelineEntry = {
  type: "decision",
  key: "decision:1",
  id: "1",
  at: "2026-03-10T12:00:00.000Z",
  action: "crm.update",
  actionTitle: "Update an account",
  target: "A-1",
  effect: "deny",
  code: "not_granted",
  message: "Not granted.",
  latencyUs: 1,
  shadow: false,
  approval: null,
  redeemedApprovalId: null,
  reviewDeadline: null,
};

describe("entryWords", () => {
  it("says what happened", () => {
    expect(entryWords(decision)).toEqual({ title: "Update an account", target: "A-1", detail: "Not granted." });
    expect(entryWords({ ...decision, effect: "allow", code: "approved", redeemedApprovalId: "9" }).title).toBe(
      "Update an account, as approved",
    );
    expect(entryWords({ ...decision, effect: "allow", code: "allowed", message: "Allowed." }).detail).toBeNull();
    expect(
      entryWords(event("a", { kind: "llm", summary: { ...event("a").summary, model: "gpt-4o", preview: "Hi" } })),
    ).toEqual({ title: "gpt-4o", target: null, detail: "Hi" });
    expect(entryWords(event("a", { kind: "tool" })).title).toBe("Tool call");
    const approval = {
      type: "approval",
      key: "approval:1",
      id: "1",
      decisionId: "1",
      at: "",
      requestedAt: "",
      actionTitle: "Refund",
      target: null,
    } as const;
    expect(entryWords({ ...approval, state: "rejected", decidedBy: "Rob", comment: "No" })).toEqual({
      title: "Rob rejected: Refund",
      target: null,
      detail: "No",
    });
    expect(entryWords({ ...approval, state: "expired", decidedBy: null, comment: null }).title).toBe(
      "Nobody decided in time: Refund",
    );
  });
});

describe("depthsOf", () => {
  it("nests under parents, loaded or not, and survives a loop", () => {
    const depths = depthsOf([
      event("a"),
      event("b", { parentEventId: "a" }),
      event("c", { parentEventId: "b" }),
      event("d", { parentEventId: "elsewhere" }),
      event("x", { parentEventId: "y" }),
      event("y", { parentEventId: "x" }),
      decision,
    ]);
    expect([...depths.values()]).toEqual([0, 1, 2, 1, 4, 4, 0]);
  });
});

describe("sinceStart", () => {
  it.each([
    [0, "+0.0s"],
    [1_234, "+1.2s"],
    [59_999, "+59s"],
    [185_000, "+3m 05s"],
    [7_440_000, "+2h 04m"],
    [200 * 3_600_000, "+8d"],
    [-300, "−0.3s"],
  ])("%d", (ms, text) => expect(sinceStart(5_000_000 + ms, 5_000_000)).toBe(text));
});

describe("mergeEntries", () => {
  it("keeps the order, takes the newer answer, and no entry twice", () => {
    const later = event("b", { at: "2026-03-10T12:00:01.000Z" });
    const merged = mergeEntries([event("a"), later], [decision, { ...later, name: "new" }], compareEntries);
    expect(merged.map((entry) => entry.key)).toEqual(["decision:1", "event:a", "event:b"]);
    expect(merged[2]).toMatchObject({ name: "new" });
  });
});
