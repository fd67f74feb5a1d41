import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { decidersAt, type Contact, type Directory } from "@/lib/approvals/route/contacts";
import { directoryOf } from "@/lib/approvals/route/directory";
import { step as move, type ApprovalRecord } from "@/lib/approvals/machine";
import { approversOf } from "@/lib/approvals/route/route";
import { planRoute, type Asked } from "@/lib/approvals/route/plan";
import { proceed, type Progress, type Waiting } from "@/lib/approvals/route/progress";
import { ancestors } from "@/lib/agents/tree";
import { ROLES } from "@/lib/auth/permissions";
import { node } from "@/lib/decisions/sample";
import { SHIFT_UNITS } from "@/lib/rotations/on-call";

const START = Date.parse("2026-11-21T12:00:00Z");
const at = (minutes: number): Date => new Date(START + minutes * 60_000);
const PEOPLE = ["p0", "p1", "p2", "p3", "p4", "p5"];
const CASES = 10_000;
/** Ten thousand charts take seconds, and longer beside other tests. */
const SLOW = { timeout: 120_000 };

const person = fc.constantFrom(...PEOPLE);
const nodeIds = ["n0", "n1", "n2", "n3", "agent"];
const contact: fc.Arbitrary<Contact> = fc.oneof(
  person.map((id) => ({ person: id })),
  fc.record({ role: fc.constantFrom(...ROLES), nodeId: fc.constantFrom(...nodeIds) }),
  fc.constantFrom("night", "day", "gone").map((rotation) => ({ rotation })),
);

/** A chart of a few teams above one agent, roles anywhere, people away or disabled, rotations with stand-ins. */
const offices: fc.Arbitrary<Directory> = fc
  .record({
    parents: fc.tuple(fc.nat(0), fc.nat(1), fc.nat(2), fc.nat(3)),
    leads: fc.tuple(fc.option(person), fc.option(person), fc.option(person), fc.option(person)),
    disabled: fc.subarray(PEOPLE),
    bindings: fc.array(
      fc.record({ personId: person, role: fc.constantFrom(...ROLES), nodeId: fc.constantFrom(...nodeIds) }),
      { maxLength: 10 },
    ),
    absences: fc.array(
      fc.record({
        personId: person,
        from: fc.integer({ min: -100, max: 100 }),
        length: fc.option(fc.integer({ min: 1, max: 100 })),
        delegateId: fc.option(person),
      }),
      { maxLength: 5 },
    ),
    rotations: fc.array(
      fc.record({
        slug: fc.constantFrom("night", "day"),
        memberIds: fc.uniqueArray(person, { minLength: 1 }),
        shiftLength: fc.integer({ min: 1, max: 3 }),
        shiftUnit: fc.constantFrom(...SHIFT_UNITS),
        standIn: person,
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ parents, leads, disabled, bindings, absences, rotations }) =>
    directoryOf({
      people: PEOPLE.map((id) => ({
        id,
        email: `${id}@example.com`,
        name: id,
        status: disabled.includes(id) ? "disabled" : "active",
      })),
      nodes: [
        node("n0", null, "team", "n0", { leadId: leads[0] }),
        node("n1", `n${parents[0]}`, "team", "n1", { leadId: leads[1] }),
        node("n2", `n${parents[1]}`, "team", "n2", { leadId: leads[2] }),
        node("n3", `n${parents[2]}`, "team", "n3", { leadId: leads[3] }),
        node("agent", `n${parents[3]}`, "agent", "agent"),
      ],
      bindings,
      absences: absences.map(({ personId, from, length, delegateId }) => ({
        personId,
        startsAt: at(from),
        endsAt: length === null ? null : at(from + length),
        delegateId,
      })),
      rotations: rotations.map(({ standIn, ...one }) => ({
        ...one,
        name: one.slug,
        handoverMinute: 0,
        zone: "UTC",
        startsOn: "2026-11-20",
        overrides: [{ personId: standIn, startsAt: at(10), endsAt: at(30) }],
      })),
    }),
  );

const asked: fc.Arbitrary<Asked> = fc.record({
  to: fc.option(fc.array(contact, { minLength: 1, maxLength: 3 })),
  next: fc.array(
    fc.record({
      to: fc.array(contact, { minLength: 1, maxLength: 2 }),
      afterMs: fc.integer({ min: 1, max: 50 }).map((minutes) => minutes * 60_000),
    }),
    { maxLength: 2 },
  ),
  quorum: fc.integer({ min: 1, max: 4 }),
});

const cases = fc.record({
  directory: offices,
  questions: fc.array(asked, { minLength: 1, maxLength: 3 }),
  excludedIds: fc.subarray(PEOPLE),
  owner: person,
  looks: fc.array(fc.integer({ min: 0, max: 119 }), { maxLength: 6 }),
  risk: fc.constantFrom("low" as const, "medium" as const, "high" as const),
});
type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

interface Followed {
  deciders: ReadonlySet<string>;
  first: Waiting;
  seen: { now: Date; progress: Progress }[];
}

/** The route of one case, from the decision on, looked at in order. */
function follow({ directory, questions, excludedIds, owner, looks, risk }: Case): Followed {
  const deciders = decidersAt("agent", directory);
  const mayDecide = (id: string): boolean => deciders.has(id);
  const path = [directory.nodes.get("agent"), ...ancestors(directory.nodes, "agent")].filter(
    (one) => one !== undefined,
  );
  const nearest = approversOf(owner, path, directory);
  const plan = planRoute(
    questions,
    { nearest, excludedIds, mayDecide, nextContactMs: 900_000, withinMs: 120 * 60_000 },
    directory,
    at(0),
  );
  const first: Waiting = { ...plan, requestedAt: at(0), deadline: at(120), risk, excludedIds, askedIds: [] };
  let waiting = first;
  const seen = [0, ...looks.toSorted((a, b) => a - b)].map((minutes) => {
    const progress = proceed(waiting, { directory, mayDecide }, at(minutes));
    waiting = { ...waiting, ...progress };
    return { now: at(minutes), progress };
  });
  return { deciders, first, seen };
}

describe("I3: whoever is named, on call, away or a delegate", () => {
  it(
    "nobody is asked, and nobody may decide, who is excluded or holds no role that decides for the agent",
    SLOW,
    () => {
      fc.assert(
        fc.property(cases, (one) => {
          const { deciders, seen } = follow(one);
          const mayDecide = (id: string): boolean => deciders.has(id) && !one.excludedIds.includes(id);
          for (const { progress } of seen) {
            const { askedIds, approverIds } = progress;
            if (approverIds.every(mayDecide) && askedIds.every((id) => approverIds.includes(id))) continue;
            expect({ approverIds, askedIds }).toBe("only people who may decide");
          }
        }),
        { numRuns: CASES },
      );
    },
  );

  it("who was asked stays asked; as many as must agree are asked at once, as far as there are any", SLOW, () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { first, seen } = follow(one);
        let before: string[] = [];
        for (const { now, progress } of seen) {
          const { askedIds, approverIds, nextAt } = progress;
          const stays = before.every((id, place) => askedIds[place] === id);
          const enough = askedIds.length >= Math.min(first.quorum, approverIds.length);
          const ahead = nextAt === null || (nextAt > now && nextAt < first.deadline);
          if (!stays || !enough || !ahead) expect({ now, before, progress }).toBe("stays, enough, ahead");
          before = askedIds;
        }
      }),
      { numRuns: CASES },
    );
  });

  it("looked at when it says, and only then, the route asks the same people as looked at every minute", SLOW, () => {
    fc.assert(
      fc.property(cases, (one) => {
        const { directory } = one;
        const { deciders, first } = follow({ ...one, looks: [] });
        const around = { directory, mayDecide: (id: string) => deciders.has(id) };
        let patient: Waiting = first;
        let next: Date | null = at(0);
        let restless: Waiting = first;
        for (let minutes = 0; minutes < 120; minutes += 1) {
          restless = { ...restless, ...proceed(restless, around, at(minutes)) };
          while (next !== null && next <= at(minutes)) {
            const progress: Progress = proceed(patient, around, next);
            patient = { ...patient, ...progress };
            next = progress.nextAt;
          }
          expect(new Set(patient.askedIds)).toEqual(new Set(restless.askedIds));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("I3: N of M means N distinct people", () => {
  it(
    "whoever approves, and however often: approved with exactly as many different people as must agree, all of whom may",
    SLOW,
    () => {
      fc.assert(
        fc.property(cases, fc.array(person, { maxLength: 12 }), (one, voters) => {
          const { deciders, first, seen } = follow(one);
          const approverIds = seen.at(-1)?.progress.approverIds ?? [];
          let record = recordOf(first, approverIds);
          const agreed = new Set<string>();
          for (const [index, by] of voters.entries()) {
            const now = at(1 + index);
            const moved = move(record, {
              kind: "approve",
              by,
              holdsRole: deciders.has(by),
              at: now,
              argsHash: "asked",
              validUntil: at(200),
              releaseAt: now,
              stillMay: new Set([...deciders].filter((id) => !first.excludedIds.includes(id))),
            });
            if (!moved.ok) continue;
            record = moved.record;
            agreed.add(by);
            expect(record.state).toBe(agreed.size >= first.quorum ? "approved" : "pending");
          }
          if (record.state !== "approved") return;
          expect(agreed.size).toBe(first.quorum);
          for (const by of agreed) expect(deciders.has(by) && !one.excludedIds.includes(by)).toBe(true);
        }),
        { numRuns: CASES },
      );
    },
  );
});

const recordOf = (waiting: Waiting, approverIds: string[]): ApprovalRecord => ({
  state: "pending",
  runId: "run",
  agentId: "agent",
  action: "crm.write",
  argsHash: "asked",
  askedArgsHash: "asked",
  approverIds,
  excludedIds: waiting.excludedIds,
  deadline: waiting.deadline,
  decidedById: null,
  validUntil: null,
  redeemedAt: null,
  quorum: waiting.quorum,
  votes: [],
  releaseAt: null,
});
