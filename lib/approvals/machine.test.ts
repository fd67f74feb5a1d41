import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { step, type ApprovalEvent, type ApprovalRecord } from "@/lib/approvals/machine";

const CASES = { numRuns: 10_000 };
const at = (second: number): Date => new Date(Date.UTC(2026, 10, 21) + second * 1_000);
const PEOPLE = ["ana", "bob", "eve"];

const record = (more: Partial<ApprovalRecord> = {}): ApprovalRecord => ({
  state: "pending",
  runId: "run",
  agentId: "agent",
  action: "crm.x",
  argsHash: "asked",
  approverIds: ["ana", "bob"],
  excludedIds: [],
  deadline: at(100),
  decidedById: null,
  validUntil: null,
  redeemedAt: null,
  ...more,
});

const person = fc.constantFrom(...PEOPLE);
const time = fc.integer({ min: 0, max: 200 });
const event: fc.Arbitrary<ApprovalEvent> = fc.oneof(
  fc
    .record({
      by: person,
      holdsRole: fc.boolean(),
      second: time,
      valid: time,
      argsHash: fc.constantFrom("asked", "edited"),
    })
    .map(({ by, holdsRole, second, valid, argsHash }): ApprovalEvent => ({
      kind: "approve",
      by,
      holdsRole,
      at: at(second),
      validUntil: at(second + valid),
      argsHash,
    })),
  fc
    .record({ by: person, holdsRole: fc.boolean(), second: time })
    .map(({ by, holdsRole, second }): ApprovalEvent => ({ kind: "reject", by, holdsRole, at: at(second) })),
  time.map((second): ApprovalEvent => ({ kind: "cancel", at: at(second) })),
  time.map((second): ApprovalEvent => ({ kind: "expire", at: at(second) })),
  fc
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
);
const start = fc
  .record({ approverIds: fc.subarray(PEOPLE), excludedIds: fc.subarray(PEOPLE), deadline: time })
  .map((one) => record({ ...one, deadline: at(one.deadline) }));

/** Every record that the events lead through, with the event that led there. */
function walk(
  first: ApprovalRecord,
  events: readonly ApprovalEvent[],
): { before: ApprovalRecord; event: ApprovalEvent; after: ApprovalRecord }[] {
  let current = first;
  return events.flatMap((one) => {
    const result = step(current, one);
    if (!result.ok) return [];
    const before = current;
    current = result.record;
    return [{ before, event: one, after: current }];
  });
}

describe("an approval", { timeout: 60_000 }, () => {
  const walks = fc.tuple(start, fc.array(event, { maxLength: 12 })).map(([first, events]) => walk(first, events));

  it("I2: is decided at most once and redeemed at most once", () => {
    fc.assert(
      fc.property(walks, (steps) => {
        expect(steps.filter((one) => one.event.kind !== "redeem").length).toBeLessThanOrEqual(1);
        expect(steps.filter((one) => one.event.kind === "redeem").length).toBeLessThanOrEqual(1);
      }),
      CASES,
    );
  });

  it("I2: is redeemed only when approved, in time, by its run, for exactly the approved arguments", () => {
    fc.assert(
      fc.property(walks, (steps) => {
        for (const { before, event: one } of steps) {
          if (one.kind !== "redeem") continue;
          expect(before).toMatchObject({
            state: "approved",
            runId: one.runId,
            argsHash: one.argsHash,
            redeemedAt: null,
          });
          expect(one.at.getTime()).toBeLessThan(before.validUntil?.getTime() ?? 0);
        }
      }),
      CASES,
    );
  });

  it("I3: is decided only by somebody who is asked, not excluded, holds the role, before its deadline", () => {
    fc.assert(
      fc.property(walks, (steps) => {
        for (const { before, event: one } of steps) {
          if (one.kind !== "approve" && one.kind !== "reject") continue;
          expect(before.approverIds).toContain(one.by);
          expect(before.excludedIds).not.toContain(one.by);
          expect(one.holdsRole).toBe(true);
          expect(one.at.getTime()).toBeLessThan(before.deadline.getTime());
        }
      }),
      CASES,
    );
  });

  it("keeps its subject, whatever happens", () => {
    fc.assert(
      fc.property(walks, (steps) => {
        for (const { before, after } of steps) {
          const { runId, agentId, action, approverIds, excludedIds, deadline } = before;
          expect(after).toMatchObject({ runId, agentId, action, approverIds, excludedIds, deadline });
        }
      }),
      { numRuns: 1_000 },
    );
  });

  const approve: ApprovalEvent = {
    kind: "approve",
    by: "ana",
    holdsRole: true,
    at: at(1),
    validUntil: at(50),
    argsHash: "asked",
  };
  const redeem: ApprovalEvent = {
    kind: "redeem",
    runId: "run",
    agentId: "agent",
    action: "crm.x",
    argsHash: "asked",
    at: at(2),
  };

  it("goes from a person's approval to one redemption", () => {
    expect(walk(record(), [approve, redeem, redeem]).map((one) => one.after.state)).toEqual(["approved", "approved"]);
  });

  it.each([
    ["approve, after the deadline", record({ deadline: at(1) }), approve, "not_pending"],
    ["approve, by somebody excluded", record({ excludedIds: ["ana"] }), approve, "not_yours"],
    ["approve, without the role", record(), { ...approve, holdsRole: false }, "not_yours"],
    ["approve, by somebody who is not asked", record(), { ...approve, by: "eve" }, "not_yours"],
    ["expire, before the deadline", record(), { kind: "expire", at: at(99) }, "not_due"],
    ["cancel, when decided", record({ state: "rejected" }), { kind: "cancel", at: at(1) }, "not_pending"],
    ["redeem, when waiting", record(), redeem, "pending"],
    ["redeem, when used", record({ state: "approved", validUntil: at(50), redeemedAt: at(1) }), redeem, "redeemed"],
    ["redeem, at the end of its time", record({ state: "approved", validUntil: at(2) }), redeem, "lapsed"],
    [
      "redeem, for other arguments",
      record({ state: "approved", validUntil: at(50), argsHash: "edited" }),
      redeem,
      "mismatch",
    ],
  ] as const)("refuses: %s", (_, before, one, refusal) => {
    expect(step(before, one as ApprovalEvent)).toEqual({ ok: false, refusal });
  });

  it("expires at its deadline", () => {
    expect(step(record(), { kind: "expire", at: at(100) })).toMatchObject({ ok: true, record: { state: "expired" } });
  });
});
