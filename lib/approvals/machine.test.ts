import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { agentState, step, votesWith, type ApprovalEvent, type ApprovalRecord } from "@/lib/approvals/machine";

const CASES = { numRuns: 20_000 };
const PEOPLE = ["ana", "bob", "cyd", "eve"] as const;
const at = (second: number): Date => new Date(Date.UTC(2026, 0, 1) + second * 1_000);

const record = (more: Partial<ApprovalRecord> = {}): ApprovalRecord => ({
  state: "pending",
  runId: "run",
  agentId: "agent",
  action: "crm.x",
  argsHash: "asked",
  askedArgsHash: "asked",
  approverIds: ["ana", "bob", "cyd"],
  excludedIds: [],
  quorum: 1,
  votes: [],
  deadline: at(100),
  decidedById: null,
  releaseAt: null,
  validUntil: null,
  redeemedAt: null,
  ...more,
});

const person = fc.constantFrom(...PEOPLE);
const time = fc.integer({ min: 0, max: 200 });
const wait = fc.integer({ min: 0, max: 20 });
/** People hold the role with the odds of real life: mostly. */
const mostly = fc.integer({ min: 0, max: 9 }).map((n) => n > 0);
const event: fc.Arbitrary<ApprovalEvent> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        by: person,
        holdsRole: mostly,
        second: time,
        wait,
        valid: time,
        argsHash: fc.constantFrom("asked", "asked", "edited"),
        stillMay: fc.subarray([...PEOPLE], { minLength: 2 }),
      })
      .map(({ by, holdsRole, second, valid, argsHash, stillMay, ...one }): ApprovalEvent => ({
        kind: "approve",
        by,
        holdsRole,
        at: at(second),
        releaseAt: at(second + one.wait),
        validUntil: at(second + one.wait + valid),
        argsHash,
        stillMay: new Set(stillMay),
      })),
  },
  fc
    .record({ by: person, holdsRole: mostly, second: time, wait })
    .map(({ by, holdsRole, second, ...one }): ApprovalEvent => ({
      kind: "reject",
      by,
      holdsRole,
      at: at(second),
      releaseAt: at(second + one.wait),
    })),
  {
    weight: 2,
    arbitrary: fc
      .record({ by: person, second: time, runOpen: mostly })
      .map(({ by, second, runOpen }): ApprovalEvent => ({ kind: "undo", by, at: at(second), runOpen })),
  },
  time.map((second): ApprovalEvent => ({ kind: "cancel", at: at(second) })),
  time.map((second): ApprovalEvent => ({ kind: "expire", at: at(second) })),
  {
    weight: 2,
    arbitrary: fc
      .record({
        runId: fc.constantFrom("run", "run", "other"),
        argsHash: fc.constantFrom("asked", "edited", "other"),
        second: time,
      })
      .map(({ runId, argsHash, second }): ApprovalEvent => ({
        kind: "redeem",
        runId,
        agentId: "agent",
        action: "crm.x",
        argsHash,
        at: at(second),
      })),
  },
);
const start = fc
  .record({
    approverIds: fc.subarray([...PEOPLE], { minLength: 1 }),
    excludedIds: fc.subarray([...PEOPLE], { maxLength: 2 }),
    quorum: fc.integer({ min: 1, max: 3 }),
    deadline: fc.integer({ min: 50, max: 250 }),
  })
  .map((one) => record({ ...one, deadline: at(one.deadline) }));

interface Taken {
  before: ApprovalRecord;
  event: ApprovalEvent;
  after: ApprovalRecord;
}

/** Every record that the events lead through, in the order of time, with the event that led there. */
function walk(first: ApprovalRecord, events: readonly ApprovalEvent[]): Taken[] {
  let current = first;
  return events.flatMap((one) => {
    const result = step(current, one);
    if (!result.ok) return [];
    const before = current;
    current = result.record;
    return [{ before, event: one, after: current }];
  });
}

const walks = fc.tuple(start, fc.array(event, { maxLength: 14 })).map(([first, events]) =>
  walk(
    first,
    events.toSorted((a, b) => a.at.getTime() - b.at.getTime()),
  ),
);
const holds = (law: (taken: Taken[]) => void, cases = CASES): void => fc.assert(fc.property(walks, law), cases);
const of = <K extends ApprovalEvent["kind"]>(taken: Taken, kind: K): (ApprovalEvent & { kind: K }) | null =>
  taken.event.kind === kind ? (taken.event as ApprovalEvent & { kind: K }) : null;

describe("an approval", () => {
  it("I2: is redeemed at most once, and decided once more only after each undo", () => {
    holds((taken) => {
      expect(taken.filter((one) => one.event.kind === "redeem").length).toBeLessThanOrEqual(1);
      const settled = taken.filter((one) => one.before.state === "pending" && one.after.state !== "pending").length;
      const reopened = taken.filter((one) => one.before.state !== "pending" && one.after.state === "pending").length;
      expect(settled - reopened).toBeLessThanOrEqual(1);
      expect(taken.every((one) => one.after.state !== "pending" || one.event.kind !== "redeem")).toBe(true);
    });
  });

  it("I2: is redeemed only when approved and released, in time, by its run, for exactly the approved arguments", () => {
    holds((taken) => {
      for (const one of taken) {
        const redeem = of(one, "redeem");
        if (!redeem) continue;
        expect(one.before).toMatchObject({
          state: "approved",
          runId: redeem.runId,
          argsHash: redeem.argsHash,
          redeemedAt: null,
        });
        expect(one.before.releaseAt?.getTime() ?? 0).toBeLessThanOrEqual(redeem.at.getTime());
        expect(redeem.at.getTime()).toBeLessThan(one.before.validUntil?.getTime() ?? 0);
      }
    });
  });

  it("I3: is decided only by somebody who is asked, not excluded, holds the role, before its deadline", () => {
    holds((taken) => {
      for (const { before, event: one } of taken) {
        if (one.kind !== "approve" && one.kind !== "reject") continue;
        expect(before.approverIds).toContain(one.by);
        expect(before.excludedIds).not.toContain(one.by);
        expect(one.holdsRole).toBe(true);
        expect(one.at.getTime()).toBeLessThan(before.deadline.getTime());
      }
    });
  });

  it("I3: N of M are N distinct people who may, each for exactly what is approved, none of them excluded", () => {
    holds((taken) => {
      for (const one of taken) {
        const approve = of(one, "approve");
        const people = one.after.votes.map((vote) => vote.by);
        expect(new Set(people).size).toBe(people.length);
        expect(one.after.votes.every((vote) => vote.argsHash === one.after.argsHash)).toBe(true);
        expect(people.some((by) => one.after.excludedIds.includes(by))).toBe(false);
        expect(people.every((by) => one.after.approverIds.includes(by))).toBe(true);
        if (!approve || one.after.state !== "approved") continue;
        expect(people.length).toBeGreaterThanOrEqual(one.after.quorum);
        expect(people.every((by) => by === approve.by || approve.stillMay.has(by))).toBe(true);
      }
    });
  });

  it("an undo comes from who decided, never after the release, and leaves nothing to redeem", () => {
    holds((taken) => {
      for (const one of taken) {
        const undo = of(one, "undo");
        if (!undo) continue;
        expect(one.after).toMatchObject({ state: "pending", decidedById: null, releaseAt: null, validUntil: null });
        expect(undo.runOpen).toBe(true);
        expect(undo.at.getTime()).toBeLessThan(one.before.deadline.getTime());
        if (one.before.state === "pending") {
          expect(one.before.votes.map((vote) => vote.by)).toContain(undo.by);
        } else {
          expect(one.before.decidedById).toBe(undo.by);
          expect(undo.at.getTime()).toBeLessThan(one.before.releaseAt?.getTime() ?? 0);
          expect(one.before.redeemedAt).toBeNull();
        }
        if (one.before.state !== "rejected") expect(one.after.votes.map((vote) => vote.by)).not.toContain(undo.by);
      }
    });
  });

  it("tells the agent nothing that is taken back later", () => {
    holds((taken) => {
      for (const [index, one] of taken.entries()) {
        const told = agentState(one.after, one.event.at);
        if (told === "pending") continue;
        for (const later of taken.slice(index + 1)) expect(agentState(later.after, later.event.at)).toBe(told);
      }
    });
  });

  it("is about other arguments than those asked for only while somebody stands behind them", () => {
    holds((taken) => {
      for (const { after } of taken) {
        expect(after.votes.length > 0 || after.argsHash === after.askedArgsHash).toBe(true);
      }
    });
  });

  it("keeps its subject, whatever happens", () => {
    holds(
      (taken) => {
        for (const { before, after } of taken) {
          const { runId, agentId, action, approverIds, excludedIds, deadline, quorum, askedArgsHash } = before;
          const subject = { runId, agentId, action, approverIds, excludedIds, deadline, quorum, askedArgsHash };
          expect(after).toMatchObject(subject);
        }
      },
      { numRuns: 2_000 },
    );
  });

  const everybody = new Set(PEOPLE);
  const approve = (by: string, second: number, argsHash = "asked"): ApprovalEvent => ({
    kind: "approve",
    by,
    holdsRole: true,
    at: at(second),
    releaseAt: at(second + 5),
    validUntil: at(second + 50),
    argsHash,
    stillMay: everybody,
  });
  const reject = (by: string, second: number): ApprovalEvent => ({
    kind: "reject",
    by,
    holdsRole: true,
    at: at(second),
    releaseAt: at(second + 5),
  });
  const undo = (by: string, second: number, runOpen = true): ApprovalEvent => ({
    kind: "undo",
    by,
    at: at(second),
    runOpen,
  });
  const redeem = (second: number, argsHash = "asked"): ApprovalEvent => ({
    kind: "redeem",
    runId: "run",
    agentId: "agent",
    action: "crm.x",
    argsHash,
    at: at(second),
  });
  const last = (taken: Taken[]): ApprovalRecord => taken.at(-1)?.after ?? record();

  it("goes from a person's approval to one redemption, after its release", () => {
    const taken = walk(record(), [approve("ana", 1), redeem(5), redeem(6), redeem(7)]);
    expect(taken.map((one) => one.event.at)).toEqual([at(1), at(6)]);
  });

  it("takes as many people as it needs, and does not count one twice", () => {
    const two = record({ quorum: 2 });
    expect(last(walk(two, [approve("ana", 1), approve("ana", 2)])).state).toBe("pending");
    const both = last(walk(two, [approve("ana", 1), approve("bob", 2)]));
    expect(both).toMatchObject({ state: "approved", decidedById: "bob", releaseAt: at(7) });
  });

  it("voids approvals of other arguments, and of who may no longer decide", () => {
    const two = record({ quorum: 2 });
    const edited = last(walk(two, [approve("ana", 1), approve("bob", 2, "edited")]));
    expect(edited).toMatchObject({ state: "pending", argsHash: "edited", votes: [{ by: "bob", argsHash: "edited" }] });
    expect(votesWith([{ by: "ana", argsHash: "a" }], { by: "bob", argsHash: "a" }, new Set(["bob"]))).toEqual({
      counted: [{ by: "bob", argsHash: "a" }],
      void: [{ by: "ana", argsHash: "a" }],
    });
  });

  it("waits again after an undo, for what was asked for when nobody stands behind the edit", () => {
    const alone = last(walk(record(), [approve("ana", 1, "edited"), undo("ana", 5)]));
    expect(alone).toMatchObject({ state: "pending", argsHash: "asked", votes: [] });
    const backed = walk(record({ quorum: 2 }), [
      approve("ana", 1, "edited"),
      approve("bob", 2, "edited"),
      undo("bob", 3),
    ]);
    expect(last(backed)).toMatchObject({
      state: "pending",
      argsHash: "edited",
      votes: [{ by: "ana", argsHash: "edited" }],
    });
    const rejected = walk(record({ quorum: 2 }), [
      approve("ana", 1),
      reject("bob", 2),
      undo("bob", 3),
      approve("bob", 4),
    ]);
    expect(last(rejected)).toMatchObject({ state: "approved", decidedById: "bob" });
  });

  const approved = record({ state: "approved", decidedById: "ana", releaseAt: at(5), validUntil: at(50) });
  it.each([
    ["approve, after the deadline", record({ deadline: at(1) }), approve("ana", 1), "not_pending"],
    ["approve, by somebody excluded", record({ excludedIds: ["ana"] }), approve("ana", 1), "not_yours"],
    ["approve, without the role", record(), { ...approve("ana", 1), holdsRole: false }, "not_yours"],
    ["approve, by somebody who is not asked", record(), approve("eve", 1), "not_yours"],
    [
      "approve, a second time",
      record({ quorum: 2, votes: [{ by: "ana", argsHash: "asked" }] }),
      approve("ana", 2),
      "already_voted",
    ],
    ["undo, at its release", approved, undo("ana", 5), "too_late"],
    ["undo, by somebody else", approved, undo("bob", 2), "not_yours"],
    ["undo, when the run has ended", approved, undo("ana", 2, false), "run_ended"],
    ["undo, past the deadline", { ...approved, deadline: at(2) }, undo("ana", 2), "too_late"],
    ["undo, of a permit, which is released at once", { ...approved, releaseAt: null }, undo("ana", 2), "too_late"],
    ["undo, of a vote that one has not given", record({ quorum: 2 }), undo("ana", 2), "not_yours"],
    ["expire, before the deadline", record(), { kind: "expire", at: at(99) }, "not_due"],
    ["cancel, when decided", record({ state: "rejected" }), { kind: "cancel", at: at(1) }, "not_pending"],
    ["redeem, when waiting", record(), redeem(2), "pending"],
    ["redeem, before the release", approved, redeem(4), "pending"],
    ["redeem, a rejection before its release", { ...approved, state: "rejected" }, redeem(4), "pending"],
    ["redeem, when used", { ...approved, redeemedAt: at(6) }, redeem(7), "redeemed"],
    ["redeem, at the end of its time", approved, redeem(50), "lapsed"],
    ["redeem, for other arguments", { ...approved, argsHash: "edited" }, redeem(6), "mismatch"],
  ] as const)("refuses: %s", (_, before, one, refusal) => {
    expect(step(before as ApprovalRecord, one as ApprovalEvent)).toEqual({ ok: false, refusal });
  });

  it("expires at its deadline", () => {
    expect(step(record(), { kind: "expire", at: at(100) })).toMatchObject({ ok: true, record: { state: "expired" } });
  });
});
