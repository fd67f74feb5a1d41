import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { nextSteps, pageAt, remindAt, secondaryOf, type Told, type WaitingApproval } from "@/lib/notify/approval-steps";

const MINUTE = 60_000;
const START = Date.parse("2026-11-21T12:00:00Z");
const at = (minutes: number) => new Date(START + minutes * MINUTE);
const nobody: Told = { askedAt: null, remindedAt: null, pagedAt: null, toldIds: [] };
const approval = (own: Partial<WaitingApproval> = {}): WaitingApproval => ({
  requestedAt: at(0),
  deadline: at(60),
  risk: "high",
  approverIds: ["ana", "bo", "cy"],
  excludedIds: [],
  ...own,
});
const noContact = () => null;

describe("who is told of an approval that waits", () => {
  it("the first at once, somebody else when they do not react, and both before the deadline", () => {
    expect(nextSteps(approval(), nobody, ["ana"], noContact, at(0))).toEqual({
      steps: [{ do: "ask", people: ["ana"] }],
      nextAt: at(15),
    });
    const asked: Told = { ...nobody, askedAt: at(0), toldIds: ["ana"] };
    expect(nextSteps(approval(), asked, [], noContact, at(15))).toEqual({
      steps: [{ do: "page", people: ["bo"] }],
      nextAt: at(45),
    });
    const paged: Told = { ...asked, pagedAt: at(15), toldIds: ["ana", "bo"] };
    expect(nextSteps(approval(), paged, [], noContact, at(45))).toEqual({
      steps: [{ do: "remind", people: ["ana", "bo"] }],
      nextAt: null,
    });
  });

  it("of low risk: somebody else only after the reminder", () => {
    const low = approval({ risk: "low" });
    expect(remindAt(low)).toEqual(at(45));
    expect(pageAt(low)).toEqual(new Date(START + 52.5 * MINUTE));
  });

  it("the secondary contact comes before the next approver, if they may decide it", () => {
    const contact = (id: string) => (id === "ana" ? "cy" : null);
    expect(secondaryOf(approval(), ["ana"], contact)).toBe("cy");
    expect(secondaryOf(approval({ approverIds: ["ana", "bo"] }), ["ana"], contact)).toBe("bo");
    expect(secondaryOf(approval({ excludedIds: ["cy"] }), ["ana"], contact)).toBe("bo");
    expect(secondaryOf(approval(), ["ana", "bo", "cy"], contact)).toBeNull();
  });

  it("after an absence of the worker: who is asked late is not reminded on top", () => {
    expect(nextSteps(approval(), nobody, ["ana"], noContact, at(50))).toEqual({
      steps: [
        { do: "ask", people: ["ana"] },
        { do: "page", people: ["bo"] },
      ],
      nextAt: null,
    });
  });

  const people = ["ana", "bo", "cy", "dee"];
  const anyApproval = fc.record({
    requestedAt: fc.constant(at(0)),
    deadline: fc.integer({ min: 1, max: 20_000 }).map(at),
    risk: fc.constantFrom("low" as const, "medium" as const, "high" as const),
    approverIds: fc.shuffledSubarray(people, { minLength: 1 }),
    excludedIds: fc.shuffledSubarray(people, { maxLength: 2 }),
  });

  it("whenever it is looked at: each step at most once, only people who may decide, everything before the deadline", () => {
    fc.assert(
      fc.property(
        anyApproval,
        fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 30 }),
        fc.constantFrom<string | null>(...people, null),
        (waiting, looks, contact) => {
          const may = waiting.approverIds.filter((id) => !waiting.excludedIds.includes(id));
          fc.pre(may.length > 0);
          let told: Told = nobody;
          const did: string[] = [];
          for (const minutes of looks.toSorted((a, b) => a - b)) {
            const now = at(minutes);
            if (now >= waiting.deadline) break;
            const { steps, nextAt } = nextSteps(waiting, told, may.slice(0, 1), () => contact, now);
            if (nextAt) {
              expect(nextAt > now).toBe(true);
              expect(nextAt < waiting.deadline).toBe(true);
            }
            for (const step of steps) {
              expect(step.people.every((id) => may.includes(id))).toBe(true);
              did.push(step.do);
              told = {
                askedAt: step.do === "ask" ? now : told.askedAt,
                remindedAt: step.do === "remind" ? now : told.remindedAt,
                pagedAt: step.do === "page" ? now : told.pagedAt,
                toldIds: [...new Set([...told.toldIds, ...step.people])],
              };
            }
          }
          expect(new Set(did).size).toBe(did.length);
          if (did.length > 0) expect(did[0]).toBe("ask");
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
