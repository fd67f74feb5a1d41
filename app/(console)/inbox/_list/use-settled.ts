"use client";
import { reaching } from "@/components/form/unreachable";
import { useAnnounce } from "@/components/ui/announcer";
import { formatPlural } from "@/components/ui/format/number";
import { toast } from "@/components/ui/toast";
import { itemKey, type Item } from "@/lib/inbox/item";
import type { RemitError, Result } from "@/lib/kernel/result";
import { undo as undoReview, type acceptSeveral } from "../../reviews/actions";
import { undo, type approveSeveral } from "../actions";
import { dropHeld, holdDecision } from "../_panel/held-decisions";

/** What came of one of several decisions. */
interface Settled {
  key: string;
  error: RemitError | null;
  /** Until when it can be taken back, in Unix milliseconds; null: it can not. */
  until: number | null;
  takeBack: () => Promise<Result<unknown>>;
}

type ValueOf<T extends (...args: never[]) => Promise<unknown>> =
  Extract<Awaited<ReturnType<T>>, { ok: true }> extends {
    value: infer V;
  }
    ? V
    : never;

export const approvedOf = (results: ValueOf<typeof approveSeveral>): Settled[] =>
  results.map((one) => ({
    key: itemKey("approval", one.id),
    error: one.ok ? null : one.error,
    until: one.ok && one.releaseAt !== null ? Date.parse(one.releaseAt) : null,
    takeBack: () => reaching(() => undo({ approvalId: one.id })),
  }));

export const reviewedOf = (results: ValueOf<typeof acceptSeveral>["results"]): Settled[] =>
  results.map((one) => ({
    key: itemKey("review", one.reviewId),
    error: one.error,
    until: one.releaseAt === null ? null : Date.parse(one.releaseAt),
    takeBack: () => reaching(() => undoReview({ reviewId: one.reviewId })),
  }));

const isPast = (ms: number): boolean => ms <= Date.now();

/** Says what came of several decisions, and offers to take them back: together, or one by one with U. */
export function useSettled(picked: readonly Item[], onReturn: (key: string) => void) {
  const announce = useAnnounce();
  const say = (message: string) => {
    toast.done(message);
    announce(message);
  };
  const takeBack = async (done: readonly Settled[]) => {
    const results = await Promise.all(done.map(async (one) => ({ key: one.key, result: await one.takeBack() })));
    for (const { key, result } of results) {
      dropHeld(key);
      if (result.ok) onReturn(key);
    }
    say(`Took ${formatPlural(results.filter(({ result }) => result.ok).length, "decision")} back`);
  };
  return (verb: "Approved" | "Rejected" | "Accepted", results: readonly Settled[]): void => {
    const refused = results.filter((one) => one.error !== null);
    for (const one of refused) onReturn(one.key);
    if (refused.length > 0) {
      toast.error(`${formatPlural(refused.length, "item was", "items were")} not decided`, refused[0]?.error?.message);
    }
    const title = `${verb} ${formatPlural(results.length - refused.length, verb === "Accepted" ? "review" : "request")}`;
    const held = results.flatMap((one) => (one.until === null ? [] : [{ ...one, until: one.until }]));
    const untilMs = Math.min(...held.map((one) => one.until));
    if (held.length === 0 || isPast(untilMs)) {
      if (refused.length < results.length) say(title);
      return;
    }
    for (const { key, until, takeBack: back } of held) {
      const named = `${verb}: ${picked.find((item) => item.key === key)?.title ?? "an item"}`;
      holdDecision({ key, title: named, until, onReturn, takeBack: back });
    }
    announce(`${title}. U takes the last one back.`);
    toast.held(`bulk:${held[0]?.key}`, title, { untilMs, undo: () => void takeBack(held) });
  };
}
