import { describe, expect, it } from "vitest";

import { DEFAULT_REVERSIBILITY, DEFAULT_TIERS, IMPACTS, KINDS, REVERSIBILITIES, TIERS } from "@/lib/tiers/matrices";
import { DEFAULT_SETTINGS, settingsFrom } from "@/lib/tiers/settings";

const NO = { id: "no", label: "No", text: "No." };

describe("settings", () => {
  it("are the defaults where nothing is stored", () => {
    expect(settingsFrom({})).toEqual({ settings: DEFAULT_SETTINGS, fault: null });
    expect(settingsFrom(null)).toEqual({ settings: DEFAULT_SETTINGS, fault: null });
  });

  it("change only what they name", () => {
    const { settings, fault } = settingsFrom({
      tiers: { observe: { draft: "escalate" } },
      reversibility: { irreversible: { low: "escalate" } },
      approvals: { deadlineMinutes: { high: 15 } },
      evidence: { confidenceFloor: 0 },
    });
    expect(fault).toBeNull();
    expect(settings.tiers.observe).toEqual({ ...DEFAULT_TIERS.observe, draft: "escalate" });
    expect(settings.tiers.execute).toEqual(DEFAULT_TIERS.execute);
    expect(settings.reversibility.irreversible).toEqual({ ...DEFAULT_REVERSIBILITY.irreversible, low: "escalate" });
    expect(settings.approvals).toEqual({
      ...DEFAULT_SETTINGS.approvals,
      deadlineMinutes: { low: 480, medium: 240, high: 15 },
    });
    expect(settings.evidence).toEqual({ ...DEFAULT_SETTINGS.evidence, confidenceFloor: 0 });
  });

  it.each([
    { tiers: { observe: { read: "maybe" } } },
    { typo: 1 },
    "x",
    [],
    { approvals: { validMinutes: 0 } },
    { approvals: { undoSeconds: 61 } },
    { approvals: { minimumSeconds: { high: -1 } } },
    { approvals: { rejectReasons: [NO, NO] } },
    { approvals: { rejectReasons: [{ ...NO, text: " " }] } },
  ])("%j is a fault", (stored) => expect(settingsFrom(stored).fault).not.toBeNull());
});

describe("the default matrices", () => {
  const strictness = { allow: 0, review: 1, escalate: 2, deny: 3 };

  it("grow milder with trust", () => {
    for (const kind of KINDS) {
      const effects = TIERS.map((tier) => strictness[DEFAULT_TIERS[tier][kind]]);
      expect(effects).toEqual(effects.toSorted((a, b) => b - a));
    }
  });

  it("grow stricter with impact and with what can not be undone", () => {
    for (const [row, reversibility] of REVERSIBILITIES.entries()) {
      for (const [column, impact] of IMPACTS.entries()) {
        const here = strictness[DEFAULT_REVERSIBILITY[reversibility][impact]];
        const milder = IMPACTS[column - 1];
        const easier = REVERSIBILITIES[row - 1];
        const lesser = [
          ...(milder ? [DEFAULT_REVERSIBILITY[reversibility][milder]] : []),
          ...(easier ? [DEFAULT_REVERSIBILITY[easier][impact]] : []),
        ];
        expect(lesser.every((effect) => strictness[effect] <= here)).toBe(true);
      }
    }
  });
});
