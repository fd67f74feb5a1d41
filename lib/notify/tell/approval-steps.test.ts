import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { nextSteps, type Told, type WaitingApproval } from "@/lib/notify/tell/approval-steps";

const MINUTE = 60_000;
const START = Date.parse("2026-11-21T12:00:00Z");
const at = (minutes: number) => new Date(START + minutes * MINUTE);
const nobody: Told = { askedAt: null, remindedAt: null, toldIds: [] };
const approval = (own: Partial<WaitingApproval> = {}): WaitingApproval => ({
  requestedAt: at(0),
  deadline: at(60),
  askedIds: ["ana"],
  ...own,
});

describe("who is told of an approval that waits", () => {
  it("whom its route asks, as it asks them, and all of them before the deadline", () => {
    expect(nextSteps(approval(), nobody, at(0))).toEqual({ steps: [{ do: "ask", people: ["ana"] }], nextAt: at(45) });
    const asked: Told = { ...nobody, askedAt: at(0), toldIds: ["ana"] };
    expect(nextSteps(approval(), asked, at(10))).toEqual({ steps: [], nextAt: at(45) });
    expect(nextSteps(approval({ askedIds: ["ana", "bo", "cy"] }), asked, at(15))).toEqual({
      steps: [
        { do: "page", person: "bo" },
        { do: "page", person: "cy" },
      ],
      nextAt: at(45),
    });
    const paged: Told = { ...asked, toldIds: ["ana", "bo"] };
    expect(nextSteps(approval({ askedIds: ["ana", "bo"] }), paged, at(45))).toEqual({
      steps: [{ do: "remind", people: ["ana", "bo"] }],
      nextAt: null,
    });
  });

  it("after an absence of the worker: who is asked late is not reminded on top", () => {
    expect(nextSteps(approval({ askedIds: ["ana", "bo"] }), nobody, at(50))).toEqual({
      steps: [{ do: "ask", people: ["ana", "bo"] }],
      nextAt: null,
    });
    const asked: Told = { ...nobody, askedAt: at(0), toldIds: ["ana"] };
    expect(nextSteps(approval({ askedIds: ["ana", "bo"] }), asked, at(50)).steps).toEqual([
      { do: "page", person: "bo" },
      { do: "remind", people: ["ana"] },
    ]);
  });

  it("whenever it is looked at: everybody who is asked is told once, and reminded at most once", () => {
    const people = ["ana", "bo", "cy", "dee"];
    const looks = fc.array(
      fc.record({ minutes: fc.integer({ min: 0, max: 20_000 }), asked: fc.integer({ min: 1, max: 4 }) }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000 }).map(at), looks, (deadline, times) => {
        let told: Told = nobody;
        let asked = 0;
        const news: string[] = [];
        let reminded = 0;
        for (const look of times.toSorted((a, b) => a.minutes - b.minutes)) {
          const now = at(look.minutes);
          if (now >= deadline) break;
          asked = Math.max(asked, look.asked);
          const { steps, nextAt } = nextSteps(approval({ deadline, askedIds: people.slice(0, asked) }), told, now);
          if (nextAt) expect(nextAt > now && nextAt < deadline).toBe(true);
          for (const step of steps) {
            const whom = step.do === "page" ? [step.person] : step.people;
            if (step.do === "remind") reminded += 1;
            else news.push(...whom);
            told = {
              askedAt: step.do === "ask" ? now : told.askedAt,
              remindedAt: step.do === "remind" ? now : told.remindedAt,
              toldIds: [...new Set([...told.toldIds, ...whom])],
            };
          }
        }
        expect(news).toEqual(people.slice(0, asked));
        expect(reminded).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1_000 },
    );
  });
});
