"use client";
import { reaching } from "@/components/form/unreachable";
import { formatPlural } from "@/components/ui/format/number";
import { toast } from "@/components/ui/toast";
import { itemKey, parseItemKey, type Item } from "@/lib/inbox/item";
import type { RemitError, Result } from "@/lib/kernel/result";
import { visibleText } from "@/lib/kernel/visible-text";
import { undo as undoReview, undoSeveral as undoReviews, type acceptSeveral } from "../../reviews/actions";
import { undo, undoSeveral, type approveSeveral } from "../actions";
import type { Held, Together } from "../_panel/held-decisions";
import { forgetPanel } from "../_panel/panel-store";
import { offerUndo } from "../_panel/undo-held";

/** What came of one of several decisions. */
interface Settled {
  key: string;
  error: RemitError | null;
  /** For how long from its answer on it can be taken back; null: it can not. */
  undoMs: number | null;
  takeBack: () => Promise<Result<unknown>>;
}

/** What came of several, and how they are taken back together. */
interface SettledTogether {
  all: readonly Settled[];
  takeBack: Together["takeBack"];
}

type ValueOf<T extends (...args: never[]) => Promise<unknown>> =
  Extract<Awaited<ReturnType<T>>, { ok: true }> extends {
    value: infer V;
  }
    ? V
    : never;

export const approvedOf = (results: ValueOf<typeof approveSeveral>): SettledTogether => ({
  all: results.map((one) => ({
    key: itemKey("approval", one.id),
    error: one.ok ? null : one.error,
    undoMs: one.ok ? one.undoMs : null,
    takeBack: () => reaching(() => undo({ approvalId: one.id })),
  })),
  takeBack: async (keys) => {
    const result = await reaching(() => undoSeveral({ approvalIds: keys.flatMap(idOf) }));
    return result.ok ? result.value.flatMap((one) => (one.ok ? [itemKey("approval", one.id)] : [])) : [];
  },
});

export const reviewedOf = (results: ValueOf<typeof acceptSeveral>["results"]): SettledTogether => ({
  all: results.map((one) => ({
    key: itemKey("review", one.reviewId),
    error: one.error,
    undoMs: one.undoMs,
    takeBack: () => reaching(() => undoReview({ reviewId: one.reviewId })),
  })),
  takeBack: async (keys) => {
    const result = await reaching(() => undoReviews({ reviewIds: keys.flatMap(idOf) }));
    return result.ok
      ? result.value.flatMap((one) => (one.error === null ? [itemKey("review", one.reviewId)] : []))
      : [];
  },
});

const idOf = (key: string): string[] => {
  const parsed = parseItemKey(key);
  return parsed ? [parsed.id] : [];
};

/** Says what came of several decisions, and offers to take them back: together, or one by one with U. */
export function useSettled(picked: readonly Item[], onReturn: (key: string, why?: "refused") => void) {
  return (verb: "Approved" | "Rejected" | "Accepted", { all, takeBack }: SettledTogether): void => {
    const refused = all.filter((one) => one.error !== null);
    for (const one of refused) onReturn(one.key, "refused");
    if (refused.length > 0) {
      toast.error(`${formatPlural(refused.length, "item was", "items were")} not decided`, refused[0]?.error?.message);
    }
    if (refused.length === all.length) return;
    const title = `${verb} ${formatPlural(all.length - refused.length, verb === "Accepted" ? "review" : "request")}`;
    const together: Together = { title, takeBack };
    const now = Date.now();
    const held = all.flatMap(({ key, undoMs, takeBack: back }): Held[] => {
      if (undoMs === null || undoMs <= 0) return [];
      const named = `${verb}: ${visibleText(picked.find((item) => item.key === key)?.title ?? "an item")}`;
      return [{ key, title: named, until: now + undoMs, onReturn, takeBack: back, together }];
    });
    for (const { key } of all) forgetPanel(key);
    if (held.length > 0) {
      offerUndo(...held);
      return;
    }
    toast.done(title);
  };
}
