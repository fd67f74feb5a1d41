"use client";
import { useState } from "react";
import { reaching } from "@/components/form/unreachable";
import { formatPlural } from "@/components/ui/format/number";
import { painted } from "@/components/ui/painted";
import { toast } from "@/components/ui/toast";
import { MANY_MAX } from "@/lib/approvals/schemas";
import { snoozeTimes } from "@/lib/approvals/snooze-times";
import type { Item } from "@/lib/inbox/item";
import { fail, type Result } from "@/lib/kernel/result";
import { acceptSeveral } from "../../reviews/actions";
import { approveSeveral, assign, claim, rejectSeveral, snooze } from "../actions";
import { sendDecision } from "../_panel/held-decisions";
import { approvedOf, reviewedOf, useSettled } from "./use-settled";

export interface BulkEffects {
  onLeave: (keys: readonly string[], answer?: Promise<unknown>) => void;
  onReturn: (key: string, why?: "refused") => void;
  clear: () => void;
}

interface Bulk {
  /** Those of the picked that are approvals: only they are assigned and put aside. */
  approvals: readonly Item[];
  /** Those that can be approved (or, once done, accepted) together: of low risk, and the person's own to decide. */
  approvable: readonly Item[];
  pending: "claim" | "snooze" | null;
  approve: () => void;
  reject: (comment: string) => Promise<Result<unknown>>;
  claim: () => void;
  assign: (personId: string) => void;
  snooze: (until: string) => void;
}

/** Acts on several items, one command each. What is refused comes back into the list and is counted. */
export function useBulk(picked: readonly Item[], { onLeave, onReturn, clear }: BulkEffects): Bulk {
  const [pending, setPending] = useState<Bulk["pending"]>(null);
  const settled = useSettled(picked, onReturn);
  const approvals = picked.filter((item) => item.kind === "approval");
  const approvable = picked.filter(
    (item) => item.mine && item.risk === "low" && (item.kind === "approval" || item.kind === "review"),
  );
  const deciding = approvals.filter((item) => item.mine).slice(0, MANY_MAX);
  const idsOf = (kind: Item["kind"]) =>
    approvable.flatMap((item) => (item.kind === kind ? [item.id] : [])).slice(0, MANY_MAX);

  const refused = (items: readonly Item[], message: string) => {
    for (const item of items) onReturn(item.key, "refused");
    toast.error("Nothing was decided", message);
  };
  const approveAll = async (ids: string[]) => {
    const result = await reaching(() => approveSeveral({ approvalIds: ids }));
    if (result.ok) settled("Approved", approvedOf(result.value));
    else
      refused(
        approvable.filter((item) => item.kind === "approval"),
        result.error.message,
      );
  };
  const acceptAll = async (ids: string[]) => {
    const result = await reaching(() => acceptSeveral({ reviewIds: ids }));
    if (result.ok) settled("Accepted", reviewedOf(result.value.results));
    else
      refused(
        approvable.filter((item) => item.kind === "review"),
        result.error.message,
      );
  };
  const each = async (
    what: "claim" | "snooze",
    act: (approvalId: string) => Promise<Result<unknown>>,
  ): Promise<readonly Item[]> => {
    setPending(what);
    const results = await Promise.all(approvals.map(({ id }) => reaching(() => act(id))));
    setPending(null);
    const fault = results.find((result) => !result.ok);
    if (fault && !fault.ok) toast.error(fault.error.message);
    return approvals.filter((_item, at) => results[at]?.ok === true);
  };
  const handOver = async (words: string, act: (approvalId: string) => Promise<Result<unknown>>) => {
    if (approvals.length === 0 || pending !== null) return;
    const done = await each("claim", act);
    if (done.length > 0) toast.done(`${words} ${formatPlural(done.length, "request")}`);
    clear();
  };
  const putAside = async (until: string) => {
    const done = await each("snooze", (approvalId) => snooze({ approvalId, until }));
    if (done.length === 0) return;
    onLeave(done.map((item) => item.key));
    clear();
    toast.undo(`Snoozed ${formatPlural(done.length, "request")}`, () => {
      for (const { id, key } of done) {
        onReturn(key);
        void reaching(() => snooze({ approvalId: id, until: null }));
      }
    });
  };

  return {
    approvals,
    approvable,
    pending,
    approve: () => {
      if (approvable.length === 0 || pending !== null) return;
      const [requests, reviews] = [idsOf("approval"), idsOf("review")];
      const leaving = approvable.filter((item) => requests.includes(item.id) || reviews.includes(item.id));
      const answers = [
        { kind: "review" as const, answer: reviews.length > 0 && painted().then(() => acceptAll(reviews)) },
        { kind: "approval" as const, answer: requests.length > 0 && painted().then(() => approveAll(requests)) },
      ];
      onLeave(
        leaving.map((item) => item.key),
        Promise.all(answers.map(({ answer }) => answer)),
      );
      clear();
      for (const { kind, answer } of answers) {
        const keys = leaving.filter((item) => item.kind === kind).map((item) => item.key);
        if (answer !== false) sendDecision(keys, answer);
      }
    },
    reject: async (comment) => {
      if (deciding.length === 0) return fail("forbidden", "None of these is yours to reject.");
      const result = await reaching(() => rejectSeveral({ approvalIds: deciding.map((item) => item.id), comment }));
      if (!result.ok) return result;
      onLeave(deciding.map((item) => item.key));
      clear();
      settled("Rejected", approvedOf(result.value));
      return result;
    },
    claim: () => void handOver("You take care of", (approvalId) => claim({ approvalId })),
    assign: (personId) => void handOver("Assigned", (approvalId) => assign({ approvalId, personId })),
    snooze: (until) => void putAside(until),
  };
}

/** Times until which all of them can be put aside: before the first deadline. */
export function snoozeChoices(picked: readonly Item[]) {
  const now = new Date();
  const deadlines = picked.flatMap((item) => (item.deadline === null ? [] : [Date.parse(item.deadline)]));
  const first = new Date(deadlines.length === 0 ? now.getTime() : Math.min(...deadlines));
  return snoozeTimes(now, first, -now.getTimezoneOffset()).filter((time) => time.possible);
}
