"use client";
import { useState } from "react";
import { reaching } from "@/components/form/unreachable";
import { useAnnounce } from "@/components/ui/announcer";
import { formatPlural } from "@/components/ui/format/number";
import { toast } from "@/components/ui/toast";
import { MANY_MAX } from "@/lib/approvals/schemas";
import { snoozeTimes } from "@/lib/approvals/snooze-times";
import { itemKey, type Item } from "@/lib/inbox/item";
import { fail, type Result } from "@/lib/kernel/result";
import { approveSeveral, assign, claim, rejectSeveral, snooze, undo } from "../actions";
import { dropHeld, holdDecision } from "../_panel/held-decisions";

export interface BulkEffects {
  onLeave: (keys: readonly string[]) => void;
  onReturn: (key: string) => void;
  clear: () => void;
}

export interface Bulk {
  /** Those of the picked that are approvals: only they are assigned and put aside. */
  approvals: readonly Item[];
  /** Those that can be approved together: of low risk, and the person's own to decide. */
  approvable: readonly Item[];
  pending: "approve" | "reject" | "claim" | "snooze" | null;
  approve: () => void;
  reject: (comment: string) => Promise<Result<unknown>>;
  claim: () => void;
  assign: (personId: string) => void;
  snooze: (until: string) => void;
}

/** Acts on several items, one command each. What is refused comes back into the list and is counted. */
export function useBulk(picked: readonly Item[], { onLeave, onReturn, clear }: BulkEffects): Bulk {
  const announce = useAnnounce();
  const [pending, setPending] = useState<Bulk["pending"]>(null);
  const approvals = picked.filter((item) => item.kind === "approval");
  const approvable = approvals.filter((item) => item.mine && item.risk === "low");
  const deciding = approvals.filter((item) => item.mine).slice(0, MANY_MAX);

  const said = (message: string) => {
    toast.done(message);
    announce(message);
  };
  /** Those whose time to undo runs can be taken back together, or one by one with U. */
  const settled = (verb: "Approved" | "Rejected", results: readonly OneDone[]) => {
    const refused = results.flatMap((one) => (one.ok ? [] : [one]));
    for (const one of refused) onReturn(itemKey("approval", one.id));
    const done = results.flatMap((one) =>
      one.ok && one.releaseAt !== null ? [{ id: one.id, until: Date.parse(one.releaseAt) }] : [],
    );
    const title = `${verb} ${formatPlural(results.length - refused.length, "request")}`;
    if (refused.length > 0) {
      toast.error(
        `${formatPlural(refused.length, "request was", "requests were")} not decided`,
        refused[0]?.error.message,
      );
    }
    const untilMs = Math.min(...done.map((one) => one.until));
    if (done.length === 0 || isPast(untilMs)) {
      if (refused.length < results.length) said(title);
      return;
    }
    for (const { id, until } of done) {
      const key = itemKey("approval", id);
      const held = picked.find((item) => item.key === key);
      const named = `${verb}: ${held?.title ?? "a request"}`;
      holdDecision({ key, title: named, until, onReturn, takeBack: () => reaching(() => undo({ approvalId: id })) });
    }
    announce(`${title}. U takes the last one back.`);
    toast.held(`bulk:${done[0]?.id}`, title, { untilMs, undo: () => void takeBack(done.map((one) => one.id)) });
  };
  const takeBack = async (ids: readonly string[]) => {
    const results = await Promise.all(
      ids.map(async (approvalId) => ({ approvalId, result: await reaching(() => undo({ approvalId })) })),
    );
    for (const { approvalId, result } of results) {
      dropHeld(itemKey("approval", approvalId));
      if (result.ok) onReturn(itemKey("approval", approvalId));
    }
    said(`Took ${formatPlural(results.filter(({ result }) => result.ok).length, "decision")} back`);
  };
  const each = async (
    what: "claim" | "snooze",
    items: readonly Item[],
    act: (approvalId: string) => Promise<Result<unknown>>,
  ) => {
    setPending(what);
    const results = await Promise.all(items.map(({ id }) => reaching(() => act(id))));
    setPending(null);
    const refused = results.find((result) => !result.ok);
    if (refused && !refused.ok) toast.error(refused.error.message);
    return items.filter((_item, at) => results[at]?.ok === true);
  };

  const approveAll = async (items: readonly Item[]) => {
    onLeave(items.map((item) => item.key));
    clear();
    const result = await reaching(() => approveSeveral({ approvalIds: items.map((item) => item.id) }));
    if (result.ok) {
      settled("Approved", result.value);
      return;
    }
    for (const item of items) onReturn(item.key);
    toast.error("Nothing was approved", result.error.message);
  };
  const handOver = async (words: string, act: (approvalId: string) => Promise<Result<unknown>>) => {
    if (approvals.length === 0 || pending !== null) return;
    const done = await each("claim", approvals, act);
    if (done.length > 0) said(`${words} ${formatPlural(done.length, "request")}`);
    clear();
  };
  const putAside = async (until: string) => {
    const done = await each("snooze", approvals, (approvalId) => snooze({ approvalId, until }));
    if (done.length === 0) return;
    onLeave(done.map((item) => item.key));
    clear();
    const title = `Snoozed ${formatPlural(done.length, "request")}`;
    announce(title);
    toast.undo(title, () => {
      for (const { id, key } of done) {
        onReturn(key);
        void snooze({ approvalId: id, until: null });
      }
    });
  };

  return {
    approvals,
    approvable,
    pending,
    approve: () => {
      const items = approvable.slice(0, MANY_MAX);
      if (items.length > 0 && pending === null) void approveAll(items);
    },
    reject: async (comment) => {
      if (deciding.length === 0) return fail("forbidden", "None of these is yours to decide.");
      const result = await reaching(() => rejectSeveral({ approvalIds: deciding.map((item) => item.id), comment }));
      if (!result.ok) return result;
      onLeave(deciding.map((item) => item.key));
      clear();
      settled("Rejected", result.value);
      return result;
    },
    claim: () => void handOver("You take care of", (approvalId) => claim({ approvalId })),
    assign: (personId) => void handOver("Assigned", (approvalId) => assign({ approvalId, personId })),
    snooze: (until) => void putAside(until),
  };
}

const isPast = (ms: number): boolean => ms <= Date.now();

type OneDone = Extract<Awaited<ReturnType<typeof approveSeveral>>, { ok: true }>["value"][number];

/** Times until which all of them can be put aside: before the first deadline. */
export function snoozeChoices(picked: readonly Item[]) {
  const now = new Date();
  const deadlines = picked.flatMap((item) => (item.deadline === null ? [] : [Date.parse(item.deadline)]));
  const first = new Date(deadlines.length === 0 ? now.getTime() : Math.min(...deadlines));
  return snoozeTimes(now, first, -now.getTimezoneOffset()).filter((time) => time.possible);
}
