import { describe, expect, it } from "vitest";

import { decidersAt, type Directory } from "@/lib/approvals/route/contacts";
import { away, minute, office, rotation, START } from "@/lib/approvals/route/route-testing";
import { proceed, remindAt, secondaryAt, type Progress, type Waiting } from "@/lib/approvals/route/progress";

const MINUTE = 60_000;
const step = (after: number, ...ids: string[]) => ({ afterMs: after * MINUTE, to: ids.map((id) => ({ person: id })) });

const waiting = (more: Partial<Waiting> = {}): Waiting => ({
  requestedAt: START,
  deadline: minute(60),
  risk: "medium",
  approverIds: ["ana", "ben", "cyd", "dan"],
  excludedIds: [],
  quorum: 1,
  askedIds: [],
  steps: [step(0, "ana"), step(10, "ben"), step(20, "dan")],
  ...more,
});

/** Looks at the times given, each time with what the time before left. */
function follow(first: Waiting, directory: Directory, ...times: number[]): Progress[] {
  const deciders = decidersAt("desk", directory);
  let now = first;
  return times.map((at) => {
    const progress = proceed(now, { directory, mayDecide: (id) => deciders.has(id) }, minute(at));
    now = { ...now, ...progress };
    return progress;
  });
}
const asked = (progress: Progress | undefined) => progress?.askedIds;
const next = (progress: Progress | undefined) =>
  progress?.nextAt ? (progress.nextAt.getTime() - START.getTime()) / MINUTE : null;

describe("who is asked now", () => {
  it("each step at its minute, and who was asked stays asked", () => {
    const seen = follow(waiting(), office(), 0, 9.99, 10, 29, 30, 59);
    expect(seen.map(asked)).toEqual([
      ["ana"],
      ["ana"],
      ["ana", "ben"],
      ["ana", "ben"],
      ["ana", "ben", "dan"],
      ["ana", "ben", "dan"],
    ]);
    expect(seen.map((one) => one.step)).toEqual([0, 0, 1, 1, 2, 2]);
    expect(seen.slice(0, 3).map(next)).toEqual([10, 10, 30]);
  });

  it("steps missed while nobody looked are taken together, at the times that they had", () => {
    const [progress] = follow(waiting(), office(), 35);
    expect(asked(progress)).toEqual(["ana", "ben", "dan"]);
    expect(progress?.steps.map((one) => one.at)).toEqual([START, minute(10), minute(30)]);
  });

  it("asking again at the same instant changes nothing", () => {
    const [once, twice] = follow(waiting(), office(), 12, 12);
    expect(twice).toEqual(once);
  });

  it("as many at once as must agree, and the next so long after them", () => {
    const [first, second] = follow(waiting({ quorum: 2 }), office(), 0, 20);
    expect([asked(first), next(first)]).toEqual([["ana", "ben"], 20]);
    expect(asked(second)).toEqual(["ana", "ben", "dan"]);
  });

  it("who is away is skipped: the next is asked at once", () => {
    const [first] = follow(waiting(), office({ absences: [away("ana", -10, 400)] }), 0);
    expect([asked(first), next(first)]).toEqual([["ben"], 20]);
  });

  it("a delegate comes in the place of who is away, and may decide; one who may not decide does not", () => {
    const [to] = follow(
      waiting({ approverIds: ["ana"], steps: [step(0, "ana")] }),
      office({ absences: [away("ana", -10, 400, "cyd")] }),
      0,
    );
    expect(to).toMatchObject({ askedIds: ["cyd"], approverIds: ["ana", "cyd"] });
    const [eve] = follow(
      waiting({ approverIds: ["ana"], steps: [step(0, "ana")] }),
      office({ absences: [away("ana", -10, 400, "eve")] }),
      0,
    );
    expect(eve).toMatchObject({ askedIds: ["ana"], approverIds: ["ana"] });
  });

  it("an only approver who is away stays asked: nobody else may decide instead", () => {
    const only = waiting({ approverIds: ["ana"], steps: [step(0, "ana")] });
    const [first, back] = follow(only, office({ absences: [away("ana", -10, 20)] }), 0, 20);
    expect([asked(first), next(first)]).toEqual([["ana"], 20]);
    expect(asked(back)).toEqual(["ana"]);
  });

  it("who goes away while it waits: the delegate is asked at that minute", () => {
    const seen = follow(waiting({ steps: [step(0, "ana")] }), office({ absences: [away("ana", 5, 90, "ben")] }), 0, 5);
    expect(seen.map(asked)).toEqual([["ana"], ["ana", "ben"]]);
    expect(next(seen[0])).toBe(5);
  });

  it("who takes over on call is asked at the handover", () => {
    const directory = office({ rotations: [rotation(["ana", "ben"], { handoverMinute: 30 })] });
    const call = waiting({ approverIds: ["ana", "ben"], steps: [{ afterMs: 0, to: [{ rotation: "night" }] }] });
    const seen = follow(call, directory, 0, 30);
    expect(seen.map(asked)).toEqual([["ben"], ["ben", "ana"]]);
    expect(next(seen[0])).toBe(30);
  });

  it("when who is on call is away, the delegate, else whose turn comes next", () => {
    const call = waiting({ approverIds: ["ana", "ben", "cyd"], steps: [{ afterMs: 0, to: [{ rotation: "night" }] }] });
    const on = (...absences: ReturnType<typeof away>[]) =>
      asked(follow(call, office({ rotations: [rotation(["ana", "ben", "cyd"])], absences }), 0)[0]);
    expect(on()).toEqual(["ana"]);
    expect(on(away("ana", -5, 90))).toEqual(["ben"]);
    expect(on(away("ana", -5, 90, "dan"))).toEqual(["dan"]);
  });

  it("two must agree and one is on call: the next on call is asked as well", () => {
    const call = waiting({
      quorum: 2,
      approverIds: ["ana", "ben", "cyd"],
      steps: [{ afterMs: 0, to: [{ rotation: "night" }] }],
    });
    expect(asked(follow(call, office({ rotations: [rotation(["ana", "ben", "cyd"])] }), 0)[0])).toEqual(["ana", "ben"]);
  });

  it("fewer can than must: all who can are asked, and nobody more", () => {
    const few = waiting({ quorum: 3, approverIds: ["ana", "ben"], steps: [step(0, "ana", "ben")] });
    expect(follow(few, office(), 0)[0]).toMatchObject({ askedIds: ["ana", "ben"], approverIds: ["ana", "ben"] });
  });

  it("I3: who lost the role, was disabled or is excluded is not asked any more", () => {
    const first = waiting({ askedIds: ["ana", "eve"], excludedIds: ["ben"] });
    expect(asked(follow(first, office({ disabled: ["ana"] }), 35)[0])).toEqual(["dan"]);
  });

  it("nothing is looked at after the deadline", () => {
    expect(next(follow(waiting({ steps: [step(0, "ana"), step(90, "ben")] }), office(), 58)[0])).toBeNull();
  });

  it("their own secondary contacts are asked when they do not react, if they may decide", () => {
    const first = waiting({ steps: [step(0, "ana")], risk: "high" });
    const directory = office();
    const around = (secondary: string) => ({ directory, mayDecide: () => true, secondaryOf: () => secondary });
    expect(proceed(first, around("cyd"), START).nextAt).toEqual(minute(15));
    const due = { ...first, askedIds: ["ana"] };
    expect(proceed(due, around("cyd"), minute(15)).askedIds).toEqual(["ana", "cyd"]);
    expect(proceed(due, around("eve"), minute(15)).askedIds).toEqual(["ana"]);
  });
});

it("reminders and secondary contacts fit the time that there is", () => {
  const whole = (minutes: number, risk: Waiting["risk"]) => waiting({ deadline: minute(minutes), risk });
  expect(remindAt(whole(240, "low"))).toEqual(minute(210));
  expect(remindAt(whole(20, "low"))).toEqual(minute(15));
  expect(secondaryAt(whole(240, "high"))).toEqual(minute(15));
  expect(secondaryAt(whole(30, "high"))).toEqual(minute(10));
  expect(secondaryAt(whole(240, "low"))).toEqual(minute(225));
});
