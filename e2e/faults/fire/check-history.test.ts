import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { checkHistory, type Fault, type Limits } from "@/e2e/faults/fire/check-history";
import { simulated } from "@/e2e/faults/fire/history-testing";
import type { Call, History, Look, Press, Recorded, Use } from "@/e2e/faults/fire/history";

const LIMITS: Limits = { pendingMs: 5_000, toldMs: 50_000 };
const seeds = fc.integer();

const faultsOf = (history: History): Fault[] => checkHistory(history, LIMITS).map((one) => one.fault);
const without = <T>(all: readonly T[], gone: T): T[] => all.filter((one) => one !== gone);
const changed = <T>(all: readonly T[], old: T, by: Partial<T>): T[] =>
  all.map((one) => (one === old ? { ...old, ...by } : one));
const records = (history: History, ...kinds: Recorded["kind"][]): Recorded[] =>
  history.records.filter((one) => kinds.includes(one.kind));
const pressOf = (history: History, record: Recorded): Press | undefined =>
  history.calls.find(
    (call): call is Press =>
      call.kind === "press" &&
      call.code === null &&
      call.verb === record.kind &&
      "by" in record &&
      call.by === record.by &&
      call.approvalId === record.approvalId &&
      call.fromMs <= record.atMs &&
      record.atMs <= call.toMs,
  );
/** Acknowledged, and no other record can come from the same press: without it, there is none. */
const isAlone = (history: History, record: Recorded): boolean => {
  const press = pressOf(history, record);
  if (!press) return false;
  const others = without(records(history, press.verb), record);
  return !others.some((other) => pressOf({ ...history, calls: [press] }, other));
};
/** The press that decided one of them for good, and was acknowledged. */
const decisionOf = (history: History): Recorded | undefined => {
  const decided = new Set(history.finals.filter((one) => one.decidedById !== null).map((one) => one.id));
  const last = new Map(records(history, "approve", "reject", "undo").map((one) => [one.approvalId, one] as const));
  return [...last.values()].find((one) => decided.has(one.approvalId) && pressOf(history, one));
};
const late = { stream: "configuration", seq: 1_000_000, atMs: 100_000 };

/** Each breaks a history by hand, or answers null where it has nothing to break. */
const BREAKS: [name: string, fault: Fault, hand: (history: History) => History | null][] = [
  [
    "a second person's approval of one that is decided",
    "double_decision",
    (history) => {
      const first = decisionOf(history);
      if (!first) return null;
      const { approvalId } = first;
      const press: Call = {
        kind: "press",
        verb: "reject",
        by: "bo",
        approvalId,
        fromMs: 90_000,
        toMs: 110_000,
        code: null,
      };
      return {
        ...history,
        calls: [...history.calls, press],
        records: [...history.records, { kind: "reject", approvalId, by: "bo", releaseAtMs: 110_000, ...late }],
      };
    },
  ],
  [
    "a second redemption, on another gate",
    "double_redemption",
    (history) => {
      const [first] = records(history, "redeem");
      if (first?.kind !== "redeem") return null;
      const again: Recorded = { ...first, stream: "gate/3", seq: 1, decisionId: "again", atMs: first.atMs + 1 };
      const { approvalId, runId, argsHash, atMs } = again;
      const use: Use = {
        kind: "use",
        approvalId,
        runId,
        argsHash,
        decisionId: "again",
        effect: "allow",
        code: "approved",
        fromMs: atMs,
        toMs: atMs + 1,
      };
      return { ...history, calls: [...history.calls, use], records: [...history.records, again] };
    },
  ],
  [
    "a redemption for other arguments",
    "impossible_step",
    (history) => {
      const [first] = records(history, "redeem");
      return first
        ? { ...history, records: changed(history.records, first, { argsHash: "other" } as Partial<Recorded>) }
        : null;
    },
  ],
  [
    "a decision by somebody who is excluded",
    "impossible_step",
    (history) => {
      const [first] = records(history, "approve", "reject");
      const approvals = history.approvals.map((one) =>
        one.id === first?.approvalId ? { ...one, excludedIds: ["ana", "bo", "eve"] } : one,
      );
      return first ? { ...history, approvals } : null;
    },
  ],
  [
    "an approval that expired before its deadline",
    "impossible_step",
    (history) => {
      const [first] = records(history, "expire");
      return first ? { ...history, records: changed(history.records, first, { atMs: -1 }) } : null;
    },
  ],
  [
    "a press that was acknowledged and is not recorded",
    "unrecorded",
    (history) => {
      const done = records(history, "approve", "reject").find((one) => isAlone(history, one));
      return done ? { ...history, records: without(history.records, done) } : null;
    },
  ],
  [
    "an allow that was answered and is not recorded",
    "unrecorded",
    (history) => {
      const [done] = records(history, "redeem");
      return done ? { ...history, records: without(history.records, done) } : null;
    },
  ],
  [
    "a decision in the name of somebody who did not press",
    "uncalled",
    (history) => {
      const [done] = records(history, "approve", "reject");
      if (!done) return null;
      return {
        ...history,
        calls: history.calls.filter((call) => call.kind !== "press" || call.approvalId !== done.approvalId),
      };
    },
  ],
  [
    "a redemption that no agent asked for",
    "uncalled",
    (history) => {
      const [done] = records(history, "redeem");
      return done
        ? {
            ...history,
            calls: history.calls.filter((call) => call.kind !== "use" || call.approvalId !== done.approvalId),
          }
        : null;
    },
  ],
  [
    "a record of an approval that nobody asked for",
    "uncalled",
    (history) => ({ ...history, records: [...history.records, { kind: "cancel", approvalId: "nobody's", ...late }] }),
  ],
  [
    "a state that was told before it was",
    "stale_answer",
    (history) => {
      const [done] = records(history, "approve", "reject");
      if (done?.kind !== "approve" && done?.kind !== "reject") return null;
      const state = done.kind === "approve" ? "approved" : "rejected";
      const { approvalId } = done;
      const look: Look = { kind: "look", approvalId, runId: "any", fromMs: -90_000, toMs: -80_000, state };
      return { ...history, calls: [...history.calls, look] };
    },
  ],
  [
    "`pending` after another answer had said that it is settled",
    "stale_answer",
    (history) => {
      const told = history.calls.find((call): call is Look => call.kind === "look" && call.state !== "pending");
      if (!told) return null;
      const look: Look = { ...told, fromMs: told.toMs + 1, toMs: told.toMs + 2, state: "pending" };
      return { ...history, calls: [...history.calls, look] };
    },
  ],
  [
    "a press refused as decided while it waited",
    "stale_answer",
    (history) => {
      const [asked] = history.approvals;
      if (!asked) return null;
      const press: Press = {
        kind: "press",
        verb: "approve",
        by: "ana",
        approvalId: asked.id,
        fromMs: -90_000,
        toMs: -80_000,
        code: "approval_not_pending",
      };
      return { ...history, calls: [...history.calls, press] };
    },
  ],
  [
    "an agent that is told too late",
    "lost_wake_up",
    (history) => {
      const approvalId = decisionOf(history)?.approvalId;
      const isTold = (call: Call): call is Look =>
        call.kind === "look" && call.approvalId === approvalId && call.state !== "pending";
      const told = history.calls.find(isTold);
      const others = history.calls.filter((call) => !isTold(call));
      return told ? { ...history, calls: [...others, { ...told, fromMs: 0, toMs: 5_000_000 }] } : null;
    },
  ],
  [
    "an agent that is told that it waits, long after",
    "lost_wake_up",
    (history) => {
      const approvalId = decisionOf(history)?.approvalId;
      const [told] = history.calls.filter(
        (call): call is Look => call.kind === "look" && call.approvalId === approvalId,
      );
      if (!told) return null;
      return { ...history, calls: [...history.calls, { ...told, fromMs: 0, toMs: 5_000_000, state: "pending" }] };
    },
  ],
  [
    "an agent that is never told",
    "lost_wake_up",
    (history) => {
      const approvalId = decisionOf(history)?.approvalId;
      const calls = history.calls.filter((call) => call.kind !== "look" || call.approvalId !== approvalId);
      return approvalId === undefined ? null : { ...history, calls };
    },
  ],
  [
    "a record that stands before one whose call had ended",
    "out_of_order",
    (history) => {
      const own = records(history, "approve", "reject").filter((one) => pressOf(history, one));
      const [first] = own;
      const later = own.find((one) => {
        const [a, b] = [first && pressOf(history, first), pressOf(history, one)];
        return a && b && a.toMs < b.fromMs;
      });
      if (!first || !later) return null;
      const swapped = changed(changed(history.records, first, { seq: later.seq }), later, { seq: first.seq });
      return { ...history, records: swapped };
    },
  ],
  [
    "a stored state that the record does not lead to",
    "final_differs",
    (history) => {
      const [final] = history.finals;
      return final ? { ...history, finals: changed(history.finals, final, { decidedById: "mallory" }) } : null;
    },
  ],
  [
    "a stored redemption that is not recorded",
    "final_differs",
    (history) => {
      const [final] = history.finals;
      return final ? { ...history, finals: changed(history.finals, final, { redeemed: !final.redeemed }) } : null;
    },
  ],
];

describe("the checker of histories", () => {
  it("finds nothing in what the machine itself has done", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(checkHistory(simulated(seed), LIMITS)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(BREAKS)("finds %s", (_name, fault, hand) => {
    let broken = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const history = hand(simulated(seed));
        if (!history) return;
        broken++;
        expect(faultsOf(history)).toContain(fault);
      }),
      { numRuns: 300 },
    );
    expect(broken).toBeGreaterThan(20);
  });
});
