import { describe, expect, it } from "vitest";

import { decidersAt, type Contact } from "@/lib/approvals/route/contacts";
import { planRoute, type Asked, type PlanFor, type RoutePlan } from "@/lib/approvals/route/plan";
import { office, rotation, START } from "@/lib/approvals/route/route-testing";

const MINUTE = 60_000;
const NEAREST = ["ana", "ben", "cyd", "dan"];
const person = (id: string): Contact => ({ person: id });
const people = (...ids: string[]): Asked => ({ to: ids.map(person) });

function plan(asked: Asked[], more: Partial<PlanFor> = {}, directory = office()): RoutePlan {
  const deciders = decidersAt("desk", directory);
  const who: PlanFor = {
    nearest: NEAREST,
    excludedIds: [],
    mayDecide: (id) => deciders.has(id),
    nextContactMs: 15 * MINUTE,
    withinMs: 60 * MINUTE,
    ...more,
  };
  return planRoute(asked, who, directory, START);
}
const steps = ({ steps: list }: RoutePlan) => list.map(({ afterMs, to }) => [afterMs / MINUTE, to]);

describe("whom a decision asks", () => {
  it("whoever is nearest, then the next above, within the time that there is", () => {
    const above = plan([{ to: null }], { withinMs: 40 * MINUTE });
    expect(above).toMatchObject({ approverIds: NEAREST, quorum: 1 });
    expect(steps(above)).toEqual([
      [0, [person("ana")]],
      [15, [person("ben")]],
      [15, [person("cyd")]],
    ]);
    expect(steps(plan([{ to: null, quorum: 2 }])).slice(0, 2)).toEqual([
      [0, [person("ana"), person("ben")]],
      [15, [person("cyd")]],
    ]);
  });

  it("those whom every rule names, and everybody where something names nobody", () => {
    expect(plan([people("dan")]).approverIds).toEqual(["dan"]);
    expect(plan([people("dan"), people("cyd")]).approverIds).toEqual(["dan", "cyd"]);
    expect(plan([people("dan"), { to: null }]).approverIds).toEqual(["dan", "ana", "ben", "cyd"]);
  });

  it("everybody who may when those named may not", () => {
    expect(plan([people("eve")]).approverIds).toEqual(NEAREST);
    expect(plan([people("ana")], { excludedIds: ["ana"] }).approverIds).toEqual(["ben", "cyd", "dan"]);
    expect(plan([{ to: [] }]).approverIds).toEqual(NEAREST);
  });

  it("I3: never those who are excluded", () => {
    expect(plan([{ to: null }], { excludedIds: ["ana", "dan"] }).approverIds).toEqual(["ben", "cyd"]);
    expect(plan([people("ana")], { excludedIds: NEAREST }).approverIds).toEqual([]);
  });

  it("holders of a role at the node, or at the nearest above where somebody holds it", () => {
    expect(plan([{ to: [{ role: "reviewer", nodeId: "desk" }] }]).approverIds).toEqual(["ben", "cyd"]);
    expect(plan([{ to: [{ role: "admin", nodeId: "support" }] }]).approverIds).toEqual(["dan"]);
  });

  it("of a rotation all members may decide, first who is on call", () => {
    const directory = office({ rotations: [rotation(["ana", "ben", "cyd", "eve"])] });
    // The thirteenth turn of an hour.
    expect(plan([{ to: [{ rotation: "night" }] }], {}, directory).approverIds).toEqual(["ana", "ben", "cyd"]);
    expect(plan([{ to: [{ rotation: "gone" }] }], {}, directory).approverIds).toEqual(NEAREST);
  });

  it("the strictest combination of several rules: most people, all contacts, each at its time, nobody twice", () => {
    const both = plan([
      { to: [person("ana")], next: [{ to: [person("dan")], afterMs: 10 * MINUTE }], quorum: 2 },
      {
        to: [person("ben")],
        next: [
          { to: [person("cyd")], afterMs: 5 * MINUTE },
          { to: [person("ana"), person("dan")], afterMs: 20 * MINUTE },
        ],
        quorum: 3,
      },
    ]);
    expect(both.quorum).toBe(3);
    expect(both.approverIds.toSorted()).toEqual(NEAREST);
    expect(steps(both)).toEqual([
      [0, [person("ana"), person("ben")]],
      [5, [person("cyd")]],
      [5, [person("dan")]],
    ]);
  });
});
