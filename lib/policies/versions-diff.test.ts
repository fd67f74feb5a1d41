import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { DraftRule } from "@/lib/policies/drafts/schemas";
import { countChanges, diffRules, diffText } from "@/lib/policies/versions-diff";

const rule = (id: string, more: Partial<DraftRule> = {}): DraftRule => ({
  id,
  match: { actions: ["crm.*"] },
  effect: "deny",
  ...more,
});
const kinds = (before: DraftRule[], after: DraftRule[]) =>
  diffRules(before, after).map((one) => `${one.kind} ${one.id}`);

describe("two versions, rule by rule", () => {
  it("finds what was added, removed, changed and what only moved", () => {
    const before = [rule("a"), rule("gone"), rule("b"), rule("c")];
    const after = [rule("b"), rule("a"), rule("c", { when: "true" }), rule("new")];
    expect(kinds(before, after)).toEqual(["same b", "same a", "removed gone", "changed c", "added new"]);
    expect(diffRules(before, after).map((one) => one.kind === "same" && one.moved)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(countChanges(diffRules(before, after))).toBe(3);
  });

  it("does not call a rule moved because another was added before it, nor changed because a list has another order", () => {
    const before = [rule("a", { match: { actions: ["x.a", "x.b"] } })];
    const after = [rule("new"), rule("a", { match: { actions: ["x.b", "x.a"] } })];
    expect(diffRules(before, after)[1]).toMatchObject({ kind: "same", moved: false });
  });

  it("names the fields that changed, an open field being none", () => {
    const [change] = diffRules(
      [rule("a", { message: "No.", to: [] })],
      [rule("a", { effect: "escalate", message: "", when: "args.amount > 5.0" })],
    );
    expect(change).toMatchObject({
      fields: [
        { field: "when", before: null, after: "args.amount > 5.0" },
        { field: "effect", before: "deny", after: "escalate" },
        { field: "message", before: "No.", after: null },
      ],
    });
  });

  it("a version compared with itself has no changes", () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-d]$/), { maxLength: 4 });
    fc.assert(
      fc.property(ids, ids, (before, after) => {
        const changes = diffRules(
          before.map((id) => rule(id)),
          after.map((id) => rule(id)),
        );
        expect(new Set(changes.map((one) => one.id))).toEqual(new Set([...before, ...after]));
        expect(countChanges(changes)).toBe(
          new Set([...before, ...after]).size - before.filter((id) => after.includes(id)).length,
        );
        expect(
          countChanges(
            diffRules(
              before.map((id) => rule(id)),
              before.map((id) => rule(id)),
            ),
          ),
        ).toBe(0);
      }),
    );
  });
});

describe("two texts, word by word", () => {
  it("shows only what differs", () => {
    expect(diffText("args.amount > 500.0", "args.amount >= 250.0")).toEqual([
      { kind: "same", text: "args.amount >" },
      { kind: "added", text: "=" },
      { kind: "same", text: " " },
      { kind: "removed", text: "500" },
      { kind: "added", text: "250" },
      { kind: "same", text: ".0" },
    ]);
  });

  it("gives back both texts", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const pieces = diffText(before, after);
        const side = (other: "added" | "removed") =>
          pieces.flatMap((piece) => (piece.kind === other ? [] : [piece.text])).join("");
        expect([side("added"), side("removed")]).toEqual([before, after]);
      }),
    );
  });
});
