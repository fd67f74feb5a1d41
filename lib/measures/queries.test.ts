import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { NOW } from "@/lib/approvals/test-store";
import { createTestDatabase, type TestDatabase } from "@/lib/db/testing";
import { listOutcomes } from "@/lib/measures/list-outcomes";
import type { OutcomeFilter } from "@/lib/measures/list-params";
import {
  measureActions,
  measureAgents,
  measureCauses,
  measureDays,
  measureReviewers,
  measuredAgents,
} from "@/lib/measures/queries";
import { seedOutcomes } from "@/lib/measures/test-store";
import { waitingAges } from "@/lib/measures/waiting";
import { dayOf } from "@/lib/policies/hits";
import { measureApprovals } from "@/lib/worker/measures";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedOutcomes>>;

const TODAY = dayOf(NOW);
const all = { from: "2026-02-01", to: TODAY, agents: [] };
const DAY = 86_400;

beforeAll(async () => {
  database = await createTestDatabase();
  acme = await seedOutcomes(database.db);
  for (let n = 0; n < 12; n += 1)
    await acme.outcome({ rules: ["refunds/large"], wait: 60, spent: n < 9 ? 2 : 30, ago: 3_600 });
  await acme.outcome({ state: "rejected", by: "ada", rules: ["refunds/large"], wait: 600, ago: DAY + 3_600 });
  await acme.outcome({ state: "expired", by: null, ago: 2 * DAY });
  await acme.outcome({ agent: "ledger", by: "fay", rules: ["mail/out"], action: "mail.send", ago: 3_600 });
  await acme.outcome({ state: "pending", ago: 120 });
  await acme.outcome({ state: "pending", agent: "ledger", ago: 3_600 });
  await measureApprovals(database.db);
});
afterAll(() => database.close());

const filter = (more: Partial<OutcomeFilter> = {}): OutcomeFilter => ({
  ...all,
  reviewers: [],
  causes: [],
  actions: [],
  states: [],
  overturned: [],
  quick: false,
  ages: [],
  ascending: false,
  page: 1,
  pageSize: 50,
  ...more,
});

describe("measures", () => {
  it("add up, over all and day by day", async () => {
    const ada = await acme.viewer(acme.ids.ada);
    const { whole, days } = await measureDays(ada, all);
    expect(whole).toMatchObject({ approved: 13, rejected: 1, expired: 1, all: 15, decided: 14, timed: 12, quick: 9 });
    expect(whole.approvalRate).toBeCloseTo(13 / 14);
    expect(whole.quickShare).toBe(0.75);
    expect(whole.medianMs).toBeGreaterThan(48_000);
    expect(whole.medianMs).toBeLessThan(76_000);
    expect(days.map((day) => [day.day, day.all])).toEqual([
      ["2026-03-08", 1],
      ["2026-03-09", 1],
      [TODAY, 13],
    ]);
    expect((await measureDays(ada, { ...all, from: TODAY })).whole.all).toBe(13);
    expect((await measureDays(ada, { ...all, from: "2020-01-01", to: "2020-01-02" })).whole.all).toBe(0);
  });

  it("are told by reviewer, rule, action and agent", async () => {
    const ada = await acme.viewer(acme.ids.ada);
    const [reviewers, causes, actions, agents] = await Promise.all([
      measureReviewers(ada, all),
      measureCauses(ada, all),
      measureActions(ada, all),
      measureAgents(ada, all),
    ]);
    expect(reviewers[0]?.name).toBe("Rob");
    expect(reviewers.map((row) => `${row.name} ${row.approved} ${row.rejected}`).toSorted()).toEqual([
      "Ada 0 1",
      "Fay 1 0",
      "Rob 12 0",
    ]);
    expect(causes.map((row) => [row.key, row.all])).toEqual([
      ["refunds/large", 13],
      ["code:irreversible", 1],
      ["mail/out", 1],
    ]);
    expect(actions.map((row) => [row.action, row.all])).toEqual([
      ["crm.update_account", 14],
      ["mail.send", 1],
    ]);
    expect(agents.map((row) => [row.slug, row.all])).toEqual([
      ["desk", 14],
      ["ledger", 1],
    ]);
  });

  it("I12: are those of one's own part of the chart, and of no reviewer", async () => {
    const fay = await acme.viewer(acme.ids.fay);
    expect((await measureDays(fay, all)).whole.all).toBe(1);
    expect((await measureReviewers(fay, all)).map((row) => row.name)).toEqual(["Fay"]);
    expect(await measuredAgents(fay, all)).toMatchObject([{ name: "Agent ledger", count: 1 }]);
    expect((await measureDays(fay, { ...all, agents: [acme.ids.desk] })).whole.all).toBe(0);
    expect((await listOutcomes(fay, filter())).rows).toHaveLength(1);
    expect((await listOutcomes(fay, filter({ ages: ["2h"] }))).total).toBe(1);
    expect((await waitingAges(fay, [])).reduce((sum, age) => sum + age.total, 0)).toBe(1);
    const rob = await acme.viewer(acme.ids.rob);
    expect((await measureDays(rob, all)).whole.all).toBe(0);
    expect((await listOutcomes(rob, filter())).total).toBe(0);
  });

  it("count what waits by how long it has", async () => {
    const ages = await waitingAges(await acme.viewer(acme.ids.ada), []);
    expect(ages.map((age) => [age.age, age.total])).toEqual([
      ["5m", 1],
      ["30m", 0],
      ["2h", 1],
      ["8h", 0],
      ["1d", 0],
      ["more", 0],
    ]);
  });
});

describe("the approvals behind a number", () => {
  it.each<[string, Partial<OutcomeFilter>, number]>([
    ["all that ended", {}, 15],
    ["on one day", { from: TODAY }, 13],
    ["of a rule", { causes: ["refunds/large"] }, 13],
    ["of a state", { states: ["rejected", "expired"] }, 2],
    ["of an action", { actions: ["mail.send"] }, 1],
    ["approved at once", { quick: true }, 9],
    ["overturned", { overturned: ["incident"] }, 0],
    ["that wait", { ages: ["5m"] }, 1],
    ["that wait for one of several times", { ages: ["5m", "2h"] }, 2],
    ["with nonsense in the address", { causes: ["\0"], reviewers: ["x"], agents: ["y"] }, 0],
  ])("are those %s", async (_name, more, total) => {
    const ada = await acme.viewer(acme.ids.ada);
    const found = await listOutcomes(ada, filter(more));
    expect(found).toMatchObject({ total, more: false });
    expect(found.rows).toHaveLength(total);
  });

  it("name who decided and how long they looked, latest first, by pages", async () => {
    const ada = await acme.viewer(acme.ids.ada);
    const first = await listOutcomes(ada, filter({ reviewers: [acme.ids.rob], pageSize: 5 }));
    const last = await listOutcomes(ada, filter({ reviewers: [acme.ids.rob], pageSize: 5, page: 3 }));
    expect([first.total, first.rows.length, last.rows.length]).toEqual([12, 5, 2]);
    const seconds = [...first.rows, ...last.rows].flatMap((row) => row.people.map((one) => [one.name, one.seconds]));
    expect(seconds).toContainEqual(["Rob", 2]);
    const [waits] = (await listOutcomes(ada, filter({ ages: ["2h"] }))).rows;
    expect(waits).toMatchObject({ state: "pending", endedAt: null, people: [], waitMs: 3_600_000 });
  });
});
