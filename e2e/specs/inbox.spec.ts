import type { Locator, Page } from "@playwright/test";

import { answers, expect, open, test } from "@/e2e/specs/system/journey";
import type { RunClient } from "@/lib/client/client";

/** Runs of these journeys: what one leaves waiting must not wait in the next. */
const runs: RunClient[] = [];
test.afterEach(async () => {
  await Promise.all(runs.splice(0).map((run) => run.complete({ outcome: "succeeded" }).catch(() => undefined)));
});

const sort = (run: RunClient, letter: string) => run.ask({ action: "floor.sort", args: { letter } }, letter);
const option = (page: Page, name: RegExp) => page.getByRole("option", { name });

/** The second press comes at once, however long the page is busy with the first: `dblclick` would wait for it. */
async function doubleClick(target: Locator): Promise<void> {
  const { mouse } = target.page();
  await target.hover();
  await Promise.all([mouse.down(), mouse.up(), mouse.down({ clickCount: 2 }), mouse.up({ clickCount: 2 })]);
}

const panelOf = (page: Page, letter: string) =>
  page.getByRole("region", { name: /^Request:/ }).getByRole("heading", { level: 2, name: new RegExp(`${letter}$`) });

test("what is new appears in its place, what somebody else decides leaves, and the numbers follow", async ({
  signedIn,
  agent,
}) => {
  const run = await agent("sorter");
  runs.push(run);
  const [uma, tom] = [await signedIn("uma"), await signedIn("tom")];
  await open(uma, "/inbox");
  await expect(uma.getByText("Nothing waits for you")).toBeVisible();
  await expect(uma).toHaveTitle("Inbox · Remit");
  await open(tom, "/inbox");

  await sort(run, "n-1");
  await expect(option(uma, /Sort a letter n-1, low risk, by Sorter/)).toBeVisible();
  await expect(panelOf(uma, "n-1")).toBeVisible();
  await expect(uma).toHaveTitle("(1) Inbox · Remit");
  await expect(uma.getByRole("link", { name: /^Inbox 1 waiting for you/ })).toBeVisible();

  // High risk stands above; what is being read stays open.
  await run.ask({ action: "floor.burn", args: { letter: "n-2" } }, "n-2");
  await expect(uma.getByRole("option").first()).toHaveAccessibleName(/Burn a letter n-2, high risk/);
  await expect(option(uma, /n-1/)).toHaveAttribute("aria-current", "true");

  // Decided, and undone in time: it waits for both again.
  await option(tom, /n-1/).click();
  await expect(panelOf(tom, "n-1")).toBeVisible();
  await tom.keyboard.press("a");
  await expect(option(tom, /n-1/)).toHaveCount(0);
  await expect(tom.getByText("Approved: Sort a letter n-1", { exact: true })).toBeVisible();
  await tom.keyboard.press("u");
  await expect(option(tom, /n-1/)).toBeVisible();
  await expect(option(uma, /n-1/)).toBeVisible();

  // Enter presses what has the focus, though it opens the evidence elsewhere.
  await expect(panelOf(tom, "n-1")).toBeVisible();
  await tom
    .getByRole("button", { name: /^Approve/ })
    .first()
    .focus();
  await tom.keyboard.press("Enter");
  await expect(option(tom, /n-1/)).toHaveCount(0);
  await expect(option(uma, /n-1/)).toHaveCount(0);
  // Nobody is torn away from what they read: it says what became of it.
  await expect(uma.getByText(/Approved by Tom Ash/).first()).toBeVisible();
  await expect(uma).toHaveTitle("(1) Inbox · Remit");
  await run.complete({ outcome: "succeeded" });
  await expect(uma.getByText("Nothing waits for you")).toBeVisible();
});

test("200 items are cleared by keyboard alone, each decided and recorded on its own", async ({
  signedIn,
  agent,
  db,
}) => {
  // Two hundred decisions take as long as the machine is slow (a second each at a load of thirty); each look below ends what hangs.
  test.setTimeout(600_000);
  const run = await agent("sorter");
  runs.push(run);
  const letters = Array.from({ length: 200 }, (_, at) => `k-${String(at + 1).padStart(3, "0")}`);
  for (let at = 0; at < letters.length; at += 20) {
    await Promise.all(letters.slice(at, at + 20).map((letter) => sort(run, letter)));
  }
  const page = await signedIn("uma");
  const { keyboard } = page;
  await open(page, "/");
  await keyboard.press("g");
  await keyboard.press("a");
  await expect(page).toHaveTitle("(200) Inbox · Remit");

  // One by one: the evidence of the next is there as soon as the last has left.
  const heading = page
    .getByRole("region", { name: /^Request:/ })
    .getByRole("heading", { level: 2 })
    .first();
  for (let left = 200; left > 80; left -= 1) {
    const current = page.locator('[role="option"][aria-current="true"]');
    const letter = /k-\d{3}/.exec((await current.getAttribute("aria-label")) ?? "")?.[0] ?? "none";
    await expect(heading).toHaveText(new RegExp(`${letter}$`));
    await keyboard.press("a");
    await expect(page.locator(`[role="option"][aria-label*="${letter}"]`)).toHaveCount(0);
  }
  await expect(page).toHaveTitle("(80) Inbox · Remit");

  // A double click decides one: the second half of it is not meant for what came under the pointer.
  await expect(heading).toHaveText(/k-121$/);
  await doubleClick(
    page
      .getByRole("region", { name: "Decide" })
      .getByRole("button", { name: /^Approve/ })
      .first(),
  );
  await expect(heading).toHaveText(/k-122$/);
  await expect(page).toHaveTitle("(79) Inbox · Remit");

  // Scrolled away from, the open line stays what the list names as active, and in the document.
  const list = page.getByRole("listbox");
  await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
  await expect(page.getByRole("option", { name: /k-200/ })).toBeVisible();
  const named = () =>
    list.evaluate((box) =>
      document.getElementById(box.getAttribute("aria-activedescendant") ?? "")?.getAttribute("aria-label"),
    );
  await expect.poll(named).toMatch(/k-122/);

  // The rest as a selection: mark, to the end, mark to here.
  await list.focus();
  await keyboard.press("Home");
  await keyboard.press("x");
  await keyboard.press("End");
  await keyboard.press("Shift+X");
  await expect(page.getByText("79 items selected")).toBeVisible();
  await keyboard.press("a");
  await expect(page.getByText("Nothing waits for you")).toBeVisible();
  await expect(page).toHaveTitle("Inbox · Remit");

  // The list is ahead of the server, by as much as the machine is slow: as long as more are approved, nothing hangs.
  const approved = () => db.approval.count({ where: { runId: run.run.runId, state: "approved" } });
  for (let count = await approved(); count < 200; count = await approved())
    await expect.poll(approved).toBeGreaterThan(count);
  expect(await approved()).toBe(200);
  const approvals = await db.approval.findMany({
    where: { runId: run.run.runId },
    select: { id: true, decidedBy: { select: { name: true } } },
  });
  expect(new Set(approvals.map((approval) => approval.decidedBy?.name))).toEqual(new Set(["Uma Reed"]));
  const records = await db.auditRecord.count({
    where: { action: "approval.approve", subjectId: { in: approvals.map((approval) => approval.id) } },
  });
  expect(records).toBe(200);
  await run.complete({ outcome: "succeeded" });
});

test("views, filters and search are in the address; a view of one's own is kept, renamed and deleted", async ({
  signedIn,
  agent,
}) => {
  const run = await agent("sorter");
  runs.push(run);
  await sort(run, "v-1");
  await run.ask({ action: "floor.burn", args: { letter: "v-2" } }, "v-2");
  const page = await signedIn("tom");
  const { keyboard } = page;
  await open(page, "/inbox");
  await expect(page.getByRole("option")).toHaveCount(2);
  await keyboard.press("3");
  await expect(page).toHaveURL(/view=high/);
  await expect(page.getByRole("option")).toHaveCount(1);
  await page.goBack();
  await expect(page.getByRole("option")).toHaveCount(2);

  await keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await keyboard.type("v-1");
  await expect(page).toHaveURL(/q=v-1/);
  await expect(page.getByRole("option")).toHaveCount(1);
  // What fits the search comes in while it stands, what does not stays out.
  await sort(run, "v-10");
  await sort(run, "v-3");
  await expect(option(page, /v-10/)).toBeVisible();
  await expect(page.getByRole("option")).toHaveCount(2);
  await page.reload();
  await answers(page);
  await expect(page.getByRole("option")).toHaveCount(2);
  await page.getByRole("searchbox").fill("");
  await expect(page.getByRole("option")).toHaveCount(4);

  await keyboard.press("Escape");
  await expect(page.getByRole("searchbox")).not.toBeFocused();
  await keyboard.press("f");
  await page.getByRole("button", { name: "Risk" }).click();
  await page.getByRole("option", { name: /Low risk/ }).click();
  await keyboard.press("Escape");
  await expect(page.getByRole("listbox", { name: /items/ }).getByRole("option")).toHaveCount(3);
  await page.getByRole("button", { name: "Save as a view…" }).click();
  const dialog = page.getByRole("dialog", { name: "Save this view" });
  await dialog.getByLabel("Name").fill("mine");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("“mine” is there already.")).toBeVisible();
  await dialog.getByLabel("Name").fill("Letters");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("link", { name: /^Letters/ })).toHaveAttribute("aria-current", "page");
  await page.getByRole("button", { name: "The view Letters" }).click();
  await page.getByRole("menuitem", { name: "Rename…" }).click();
  const rename = page.getByRole("dialog", { name: "Rename the view" });
  await rename.getByLabel("Name").fill("All letters");
  await rename.getByRole("button", { name: "Rename" }).click();
  await expect(page.getByRole("link", { name: /^All letters 3/ })).toBeVisible();
  await page.reload();
  await answers(page);
  await expect(page.getByRole("listbox", { name: /items/ }).getByRole("option")).toHaveCount(3);
  await page.getByRole("button", { name: "The view All letters" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(page.getByRole("link", { name: /^All letters/ })).toHaveCount(0);
  await expect(page.getByRole("link", { name: /^Mine/ })).toHaveAttribute("aria-current", "page");
  await run.complete({ outcome: "succeeded" });
});

test("a selection is taken, put aside and rejected together; a dialog keeps its keys", async ({
  signedIn,
  agent,
  db,
}) => {
  const run = await agent("sorter");
  runs.push(run);
  for (const letter of ["s-1", "s-2", "s-3"]) await sort(run, letter);
  const page = await signedIn("uma");
  const { keyboard } = page;
  await open(page, "/inbox");
  await expect(page.getByRole("option")).toHaveCount(3);
  await keyboard.press("x");
  await keyboard.press("j");
  await keyboard.press("Shift+X");
  await expect(page.getByText("2 items selected")).toBeVisible();
  await expect(option(page, /s-1/)).toHaveAttribute("aria-selected", "true");
  await keyboard.press("i");
  await expect(option(page, /s-2.*assigned to Uma Reed/)).toBeVisible();
  await expect(page.getByText("2 items selected")).toHaveCount(0);

  // What is somebody's is not offered to the other, until it is given back.
  const other = await signedIn("tom");
  await open(other, "/inbox");
  await expect(other.getByRole("option")).toHaveCount(1);
  await other.keyboard.press("2");
  await expect(other.getByRole("option")).toHaveCount(3);

  await page.getByRole("listbox").focus();
  await keyboard.press("Home");
  await keyboard.press("x");
  await keyboard.press("h");
  await page.getByRole("menuitem", { name: "In half an hour" }).click();
  await expect(page.getByRole("option")).toHaveCount(2);
  await keyboard.press("5");
  await expect(option(page, /s-1.*snoozed/)).toBeVisible();
  await keyboard.press("1");
  await expect(page.getByRole("option")).toHaveCount(2);

  await keyboard.press("x");
  await keyboard.press("r");
  const dialog = page.getByRole("dialog", { name: "Reject 1 request" });
  await expect(dialog.getByLabel("Reason")).toBeFocused();
  await keyboard.type("jxau: not this one");
  await expect(dialog.getByLabel("Reason")).toHaveValue("jxau: not this one");
  await expect(page.getByText("1 item selected")).toBeAttached();
  await keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByRole("option")).toHaveCount(1);
  await expect
    .poll(() => db.approval.findMany({ where: { runId: run.run.runId, state: "rejected" }, select: { comment: true } }))
    .toEqual([{ comment: "jxau: not this one" }]);
  await run.complete({ outcome: "succeeded" });
});

test("on a phone the list comes first, then the evidence over the whole screen", async ({ signedIn, agent }) => {
  const run = await agent("sorter");
  runs.push(run);
  await sort(run, "p-1");
  await sort(run, "p-2");
  const page = await signedIn("tom", { width: 375 });
  await open(page, "/inbox");
  await expect(page.getByRole("option")).toHaveCount(2);
  await expect(page.getByRole("region", { name: /^Request:/ })).toHaveCount(0);
  await option(page, /p-1/).click();
  await expect(panelOf(page, "p-1")).toBeVisible();
  await expect(page.getByRole("listbox")).toBeHidden();
  await expect(page.getByText("1 of 2")).toBeVisible();
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await expect(panelOf(page, "p-2")).toBeVisible();
  await page.getByRole("button", { name: "Inbox", exact: true }).click();
  await expect(page.getByRole("option")).toHaveCount(1);
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  await run.complete({ outcome: "succeeded" });
});
