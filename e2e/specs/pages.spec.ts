import type { Page } from "@playwright/test";

import { violations } from "@/e2e/specs/system/axe";
import { expect, startRun, test, type Theme } from "@/e2e/specs/system/journey";
import { PEOPLE } from "@/e2e/specs/system/organisation";
import type { Db } from "@/lib/db/client";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { startDraft } from "@/lib/policies/drafts/start";
import { startSimulation } from "@/lib/policies/simulation/start";
import { createRotation } from "@/lib/rotations/create";

/** What each page shows when it is whole. */
type Visit = readonly [path: string, heading: string | RegExp];

/** A draft with rules of every effect, for the pages that show one. Whoever asks first begins it. */
async function makeDraft(db: Db): Promise<void> {
  const context = { db, clock: systemClock, newId, actor: { kind: "cli", id: "e2e" } } as const;
  const match = { actions: ["desk.refund"] };
  await startDraft(context, {
    policy: "pictured",
    name: "Pictured",
    isNew: true,
    rules: [
      {
        id: "large",
        match,
        when: 'args.amount > 100.0 && (run.mode == "live" || !has(run.model))',
        effect: "escalate",
      },
      { id: "custom", match, when: "args.order.matches('^o-') == true", effect: "review", deadline: "1d" },
      { id: "unfinished", match: { actions: [] }, when: "args.", effect: "deny" },
      {
        id: "asked",
        match,
        effect: "escalate",
        to: ["rotation:pictured"],
        // oxlint-disable-next-line unicorn/no-thenable -- the word that manifests use; a list is never called
        then: [{ to: ["role:manager@support", "mara@example.com"], after: "10m" }],
        quorum: 2,
        excludeOwner: true,
        deadline: "1h",
      },
    ],
  });
}

/** Two who take turns day by day; made once. */
async function makeRotation(db: Db): Promise<void> {
  const context = { db, clock: systemClock, newId, actor: { kind: "cli", id: "e2e" } } as const;
  const { id: nodeId } = await db.node.findUniqueOrThrow({ where: { slug: "support" }, select: { id: true } });
  const emails = [PEOPLE.mara, PEOPLE.bo];
  const people = await db.person.findMany({ where: { email: { in: emails } }, select: { id: true } });
  await createRotation(context, {
    slug: "pictured",
    name: "Pictured watch",
    nodeId,
    memberIds: people.map((person) => person.id),
    shiftLength: 1,
    shiftUnit: "days",
    handover: "09:00",
    zone: "Europe/Berlin",
    startsOn: "2026-01-05",
  });
}

/** What somebody looks at afterwards, and what its action and its system show of that. */
async function makeReview(db: Db): Promise<readonly Visit[]> {
  const run = await startRun("loader");
  const { decisionId } = await run.ask({ action: "labels.stick", args: { crate: "pictured" } }, "stick");
  await expect.poll(() => db.review.count({ where: { decisionId } }), { timeout: 30_000 }).toBe(1);
  const { id } = await db.review.findUniqueOrThrow({ where: { decisionId }, select: { id: true } });
  return [
    ["/reviews", "Reviews"],
    [`/reviews/${id}`, /Stick a label/],
    [`/inbox?view=all&item=review:${id}`, "Inbox"],
    ["/catalogue/labels.stick", /Stick a label/],
    ["/catalogue/systems/labels", "Labels"],
  ];
}

/** A draft that has been tried on what was decided. */
async function makeSimulation(db: Db): Promise<void> {
  const context = { db, clock: systemClock, newId, actor: { kind: "cli", id: "e2e" } } as const;
  const rules = [{ id: "no-reading", match: { actions: ["desk.read_order"] }, effect: "deny" as const }];
  const draft = await startDraft(context, { policy: "tried", name: "Tried", isNew: true, rules });
  if (draft.ok) await startSimulation(context, { policy: "tried", ...draft.value, days: 1 });
  const done = { where: { policyId: "tried", state: "done" as const } };
  await expect.poll(() => db.simulation.count(done), { timeout: 30_000 }).toBe(1);
}

/** Something of every kind for the pages to show: allowed, denied, escalated, waiting, failed. */
async function makeHistory(): Promise<readonly Visit[]> {
  const run = await startRun("clerk", { onBehalfOf: { subject: "customer 4711" }, instruction: "Clear the backlog." });
  await run.events([
    {
      id: "think",
      kind: "llm",
      at: new Date().toISOString(),
      model: "gpt-5",
      inputTokens: 1200,
      outputTokens: 80,
      costUsd: 0.0042,
      prompt: "Which orders are open?",
      completion: "o-1 and o-2",
    },
    { id: "note", kind: "log", at: new Date().toISOString(), name: "note", message: "two orders" },
  ]);
  const read = await run.ask({ action: "desk.read_order", args: { order: "o-1" } }, "1");
  await run.events([
    {
      id: "read",
      kind: "tool",
      at: new Date().toISOString(),
      name: "desk.read_order",
      decisionId: read.decisionId,
      ok: false,
      error: "timed out",
    },
  ]);
  const wiped = await run.ask({ action: "desk.wipe", args: {} }, "2");
  const appeal = await run.appeal({ decisionId: wiped.decisionId, reason: "The customer asked for it." }, "appeal");
  await run.ask({ action: "elsewhere.do_it", args: { really: true } }, "3");
  const asked = await run.ask(
    {
      action: "desk.refund",
      args: { order: "o-1", amount: 80 },
      evidence: {
        reason: "Two weeks late.",
        confidence: 0.6,
        sources: [{ title: "Order o-1", url: "https://example.com/o-1" }],
        alternatives: ["A voucher"],
      },
    },
    "4",
  );
  return [
    ["/", "Overview"],
    ["/inbox", "Inbox"],
    ["/inbox?view=all&kind=approval", "Inbox"],
    [`/inbox?view=all&item=approval:${asked.approval?.id}`, "Inbox"],
    [`/inbox?view=all&item=appeal:${appeal.appealId}`, "Inbox"],
    ["/inbox?view=all&item=action:elsewhere.do_it", "Inbox"],
    ["/inbox/measures", "Measures"],
    ["/inbox/measures?by=rule&days=90", "Measures"],
    ["/inbox/measures/approvals", "Measured approvals"],
    ["/approvals", "Decided"],
    [`/approvals/${asked.approval?.id}`, /Refund an order/],
    ["/approvals/appeals", "Decided"],
    [`/approvals/appeals/${appeal.appealId}`, /Wipe the records/],
    ["/incidents", "Incidents"],
    ["/incidents/conflicts", "Incidents"],
    ["/incidents/kill-switch", "Incidents"],
    ["/settings/failure-modes", "Settings"],
    ["/runs", "Runs"],
    [`/runs/${run.run.runId}`, "Clerk"],
    [`/runs/${run.run.runId}?entry=${encodeURIComponent(`decision:${asked.decisionId}`)}`, "Clerk"],
    [`/decisions/${asked.decisionId}`, /Refund an order/],
    ["/agents", "Agents"],
    ["/agents/clerk", "Clerk"],
    ["/agents/clerk/authority", "Clerk"],
    ["/agents/clerk/autonomy", "Clerk"],
    ["/agents/clerk/credentials", "Clerk"],
    ["/agents/clerk/runs", "Clerk"],
    ["/agents/clerk/versions", "Clerk"],
    ["/agents/clerk/audit", "Clerk"],
    ["/chart", "Chart"],
    ["/catalogue", "Catalogue"],
    ["/catalogue/desk.refund", /Refund an order/],
    ["/catalogue/desk.refund/edit", "Edit Refund an order"],
    ["/catalogue/new", "New action"],
    ["/catalogue/systems", "Systems"],
    ["/catalogue/unclassified", "Unclassified"],
    ["/catalogue/unclassified/elsewhere.do_it", "elsewhere.do_it"],
    ["/autonomy", "Autonomy"],
    ["/autonomy/grants", "Unused grants"],
    ["/autonomy/reports", "Monthly reports"],
    ["/settings/authority", "Settings"],
    ["/settings/policies", "Settings"],
    ["/settings/webhooks", "Settings"],
    ["/settings/webhooks/nonsense", "Settings"],
    ["/notifications", "Notifications"],
    ["/notifications?show=all", "Notifications"],
    ["/people/me/notifications", "Your account"],
    ["/policies", "Policies"],
    ["/policies/~new", "New policy"],
    ["/policies/~new?template=deletion", "Deletion"],
    ["/policies/pictured", "Pictured"],
    ["/policies/pictured/publish", "Publish Pictured"],
    ["/policies/support-rules", "Support rules"],
    ["/policies/support-rules/versions", "Versions of Support rules"],
    ["/policies/support-rules/hits", "Decisions by Support rules"],
    ["/policies/pictured/simulate", "Simulate Pictured"],
    ["/policies/tried/simulate", "Simulate Tried"],
    ["/policies/support-rules/simulate", "Simulate Support rules"],
    ["/policies/pictured/edit", "Edit Pictured"],
    ["/policies/pictured/edit?rule=unfinished", "Edit Pictured"],
    ["/policies/pictured/edit?rule=asked", "Edit Pictured"],
    ["/audit", "Audit"],
    ["/audit/checkpoints", "Checkpoints"],
    ["/people", "People"],
    ["/people/me", "Your account"],
    ["/people/rotations", "On call"],
    ["/people/rotations/pictured", "Pictured watch"],
    ["/people/rotations/nonsense", /^No such/],
    ["/runs/nonsense", /^No such/],
  ];
}

/** Tools that keep failing: the worker opens an incident. */
async function makeIncident(db: Db): Promise<Visit> {
  const run = await startRun("clerk");
  const at = new Date().toISOString();
  await run.events(["1", "2", "3", "4", "5"].map((id) => ({ id, kind: "tool", at, name: "ledger", ok: false })));
  const ofClerk = { where: { state: "open", agent: { node: { slug: "clerk" } } } } as const;
  await expect.poll(() => db.incident.count(ofClerk), { timeout: 30_000 }).toBe(1);
  const { id } = await db.incident.findFirstOrThrow(ofClerk);
  return [`/incidents/${id}`, "Tools keep failing for Clerk"];
}

async function visit(page: Page, [path, heading]: Visit): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 }), path).toHaveText(heading);
  await expect(page.locator("[aria-busy=true]"), path).toHaveCount(0);
  // It may stream in behind the page.
  await expect(page, path).toHaveTitle(/\S · Remit$/);
}

const softly = expect.configure({ soft: true });

/** The page itself never scrolls sideways; what is wide scrolls in its own box. */
async function expectNoSidewaysScroll(page: Page, path: string): Promise<void> {
  const beyond = () =>
    page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const main = document.getElementById("main");
      return Math.max(scrollWidth - clientWidth, main ? main.scrollWidth - main.clientWidth : 0);
    });
  // A page hears of its new width a moment after it has it.
  await softly.poll(beyond, `${path} is wider than the window`).toBeLessThanOrEqual(0);
}

async function expectNothingFound(page: Page, path: string, look: Look): Promise<void> {
  if (look.rules === "none") return;
  const found = await violations(page, look.rules);
  expect.soft(found, `${path}, ${look.theme}, ${look.width} wide`).toEqual([]);
}

interface Look {
  theme: Theme;
  width: number;
  /** Between themes of one width only colours differ. */
  rules: "all" | "contrast" | "none";
}

const LOOKS = [
  { theme: "light", width: 1440, rules: "all" },
  { theme: "dark", width: 1440, rules: "contrast" },
  { theme: "dark", width: 375, rules: "all" },
  { theme: "light", width: 375, rules: "none" },
] as const satisfies readonly Look[];

async function expectWellInEveryLook(page: Page, one: Visit): Promise<void> {
  await page.emulateMedia({ colorScheme: LOOKS[0].theme });
  await page.setViewportSize({ width: LOOKS[0].width, height: 900 });
  await visit(page, one);
  for (const look of LOOKS) {
    await page.emulateMedia({ colorScheme: look.theme });
    await page.setViewportSize({ width: look.width, height: 900 });
    await expect(page.locator("html")).toHaveAttribute("data-theme", look.theme);
    await expectNoSidewaysScroll(page, one[0]);
    await expectNothingFound(page, one[0], look);
  }
}

/** What there is to see is made once by each process that runs parts of the tour. */
const tour = test.extend<object, { visits: readonly Visit[] }>({
  visits: [
    async ({ workerDb: db }, use) => {
      await makeDraft(db);
      await makeRotation(db);
      const visits = [...(await makeHistory()), await makeIncident(db), ...(await makeReview(db))];
      // The worker takes in what was asked for.
      const waiting = { where: { action: "elsewhere.do_it" } };
      await expect.poll(() => db.unclassifiedAction.count(waiting), { timeout: 30_000 }).toBe(1);
      await use(visits);
    },
    { scope: "worker" },
  ],
});

test.describe("axe finds nothing and nothing is wider than the window, light and dark, 1440 and 375 wide:", () => {
  test.describe.configure({ mode: "parallel" });
  // The longest first, so that no worker is left alone with one.
  const parts: readonly (readonly [name: string, has: (path: string) => boolean])[] = [
    ["overview, inbox", (path) => /^\/($|inbox(?!\/measures))/.test(path)],
    ["policies", (path) => path.startsWith("/policies")],
    ["runs, decisions", (path) => /^\/(runs|decisions)/.test(path)],
    ["agents, chart", (path) => /^\/(agents|chart)/.test(path)],
    ["measures, approvals, reviews", (path) => /^\/(inbox\/measures|reviews|approvals(?!\/appeals))/.test(path)],
    ["catalogue", (path) => path.startsWith("/catalogue")],
    ["appeals, incidents", (path) => /^\/(approvals\/appeals|incidents)/.test(path)],
    ["autonomy, settings, notifications", (path) => /^\/(autonomy|settings|notifications)/.test(path)],
    ["audit, people", (path) => /^\/(audit|people)/.test(path)],
  ];
  for (const [name, has] of parts) {
    tour(name, async ({ signedIn, db, visits }) => {
      if (name === "policies") await makeSimulation(db);
      const page = await signedIn("ada");
      for (const one of visits.filter(([path]) => has(path))) await expectWellInEveryLook(page, one);
    });
  }

  test("the way in", async ({ visitor }) => {
    const page = await visitor();
    await expectWellInEveryLook(page, ["/sign-in", "Sign in"]);
  });
});
