import { describe, expect, it } from "vitest";

import type { DraftRule } from "@/lib/policies/drafts/schemas";
import { patternWords, ruleWords } from "@/lib/policies/rule-words";

const names = {
  nodes: { desk: "Service desk", support: "Customer support" },
  actions: { "shop.refund": "Refund an order" },
  people: { "ana@example.com": "Ana Diaz" },
  rotations: { night: "Night desk" },
};
const words = (more: Partial<DraftRule>, match: Partial<DraftRule["match"]> = {}) =>
  ruleWords({ id: "a", match: { actions: ["shop.refund"], ...match }, effect: "deny", ...more }, names);

describe("a rule in words", () => {
  it("says whom it is about: everybody, or who is named", () => {
    expect(words({}).who).toBe("every agent");
    expect(words({}, { agents: ["desk", "gone"], nodes: ["support"] }).who).toBe(
      "Service desk, gone and every agent of Customer support",
    );
  });

  it.each([
    ["*", "any action"],
    ["shop.*", "any action of shop"],
    ["shop.read_*", "any shop action that begins with read_"],
    ["shop.refund", "Refund an order"],
    ["shop.cancel_order", "Cancel order"],
  ])("calls %s %s", (pattern, said) => expect(patternWords(pattern, names)).toBe(said));

  it("keeps long lists short", () => {
    const actions = Array.from({ length: 9 }, (_, n) => `shop.a${n}`);
    expect(words({}, { actions }).what).toBe("A0, A1, A2, A3, A4 or 4 more");
    expect(words({}, { actions: [] }).what).toBe("no action yet");
  });

  it("says what happens", () => {
    expect(words({}).outcome).toBe("it is denied.");
    expect(words({ effect: "allow" }).outcome).toContain("unless another rule is stricter");
    expect(words({ effect: "review", deadline: "2d" }).outcome).toContain("afterwards, within 2d.");
    expect(words({ effect: "escalate" }).outcome).toBe("it waits for the nearest person above the agent.");
    expect(words({ effect: "escalate", to: ["ANA@example.com", "eve@example.com"], deadline: "30m" }).outcome).toBe(
      "it waits for Ana Diaz or eve@example.com, within 30m.",
    );
    expect(words({ effect: "escalate", ask: "reauthentication", maxAge: "10m" }).outcome).toContain("within 10m");
  });

  it("says the condition, none being always", () => {
    expect(words({ when: " " }).when).toBeNull();
    expect(words({ when: "args.amount > 5.0" }).when).toBe("amount is more than 5");
    expect(words({ when: "args.amount >" }).when).toBe("args.amount >");
  });
});
