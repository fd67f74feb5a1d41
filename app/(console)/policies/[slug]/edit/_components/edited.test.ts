import { describe, expect, it } from "vitest";

import {
  blankRule,
  copyOf,
  faultSentence,
  fieldOfFault,
  freeId,
} from "@/app/(console)/policies/[slug]/edit/_components/edited";
import { draftFaults } from "@/lib/policies/drafts/faults";
import type { DraftRule } from "@/lib/policies/drafts/schemas";

const rule = (id: string, more: Partial<DraftRule> = {}): DraftRule => ({
  id,
  match: { actions: ["shop.refund"] },
  effect: "deny",
  ...more,
});
const world = {
  argsOf: (id: string) =>
    id === "shop.refund" ? { type: "object", properties: { amount: { type: "number" } } } : undefined,
  argsMatching: () => [],
  hasAgent: () => false,
  hasNode: () => true,
  hasPerson: () => false,
  hasRotation: () => false,
  hasRollback: () => true,
  reach: () => null,
};
const first = (one: DraftRule) => {
  const [fault] = draftFaults([one], world);
  return fault && [fieldOfFault(fault), faultSentence(fault, one)];
};

describe("names of rules", () => {
  it("are free", () => {
    expect(freeId("a", [rule("b")])).toBe("a");
    expect(freeId("a", [rule("a"), rule("a-2")])).toBe("a-3");
    expect(blankRule([rule("new-rule")])).toEqual({ id: "new-rule-2", match: { actions: [] }, effect: "escalate" });
    expect(copyOf(rule("a-2"), [rule("a"), rule("a-2")]).id).toBe("a-3");
  });
  it("a copy shares nothing with what it is of", () => {
    const own = rule("a");
    const copy = copyOf(own, [own]);
    copy.match.actions.push("x.y");
    expect(own.match.actions).toEqual(["shop.refund"]);
  });
});

describe("a fault stands at its field, as a sentence", () => {
  it.each<[Partial<DraftRule>, string, string]>([
    [{ id: "" }, "id", "A rule needs a name of its own."],
    [{ match: { actions: [] } }, "actions", "Choose at least one action."],
    [{ match: { actions: ["shop.refund"], agents: ["nobody"] } }, "agents", "There is no agent nobody."],
    [{ when: "args.amuont > 1.0" }, "when", "There is no amuont here."],
    [{ when: "args.amount > 1.0 &&\n  run.gone == 1" }, "when", "Line 2: There is no gone here."],
    [{ deadline: "soon", effect: "review" }, "deadline", "A duration such as 30m, 8h or 2d, of at most 31 days."],
    [{ to: ["eve@example.com"], effect: "escalate" }, "to", "There is no person eve@example.com."],
  ])("%j", (more, field, sentence) => {
    expect(first(rule("a", more))).toEqual([field, sentence]);
  });
});
