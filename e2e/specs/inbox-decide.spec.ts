import type { Page } from "@playwright/test";

import { violations } from "@/e2e/specs/system/axe";
import { expect, open, patience, test } from "@/e2e/specs/system/journey";

const panelOf = (page: Page, request: string) => page.getByRole("region", { name: `Request: ${request}` });

test("approve with an edit: every rule is asked again, and the agent does what was approved", async ({
  signedIn,
  agent,
}) => {
  const run = await agent("teller");
  const asked = await run.ask({ action: "counter.repay", args: { order: "e-1", amount: 250 } }, "1");
  const approvalId = asked.approval?.id ?? "";
  const told = run.waitForApproval(approvalId, patience());

  const vera = await signedIn("vera");
  await open(vera, `/inbox?item=approval:${approvalId}`);
  const panel = panelOf(vera, "Repay a customer");
  await expect(panel.getByText("Vera decides at the counter.").first()).toBeVisible();
  await vera.keyboard.press("e");
  const dialog = vera.getByRole("dialog", { name: /Edit and approve/ });
  const amount = dialog.getByLabel("Amount");
  await expect(amount).toHaveValue("250");
  await expect(dialog.getByText("In euros")).toBeVisible();
  const approve = dialog.getByRole("button", { name: "Approve as edited" });

  expect(await violations(vera, "all")).toEqual([]);

  // What is no number is said at once, what does not fit the schema by the server, both at the control.
  await amount.fill("a lot");
  await approve.click();
  await expect(dialog.getByText("This is no number.")).toBeVisible();
  await expect(amount).toBeFocused();
  await amount.fill("9000");
  await approve.click();
  await expect(dialog.getByRole("alert")).toContainText("Nobody repays that much.");

  await amount.fill("120");
  const changes = dialog.getByRole("region", { name: "What you change" });
  await expect(changes).toContainText("250");
  await expect(changes).toContainText("120");
  await approve.click();
  await expect(dialog).toBeHidden();
  await expect(vera.getByText("Approved: Repay a customer e-1", { exact: true })).toBeVisible();

  expect(await told).toMatchObject({ state: "approved", args: { order: "e-1", amount: 120 } });
  const redeem = (args: { order: string; amount: number }, key: string) =>
    run.ask({ action: "counter.repay", args, approvalId }, key);
  expect(await redeem({ order: "e-1", amount: 250 }, "asked")).not.toMatchObject({ effect: "allow" });
  expect(await redeem({ order: "e-1", amount: 120 }, "approved")).toMatchObject({ effect: "allow" });
  await open(vera, `/approvals/${approvalId}`);
  await expect(vera.getByText(/Vera Kalt changed what was asked/)).toBeVisible();
  await run.complete({ outcome: "succeeded" });
});

test("what stands there now is shown beside what would be changed", async ({ signedIn, agent }) => {
  const run = await agent("teller");
  const read = await run.ask({ action: "counter.read_order", args: { order: "d-1" } }, "read");
  await run.events([
    {
      id: "read-1",
      kind: "tool",
      at: new Date().toISOString(),
      name: "counter.read_order",
      decisionId: read.decisionId,
      ok: true,
      result: { order: "d-1", address: "1 Old Street", state: "packed" },
    },
  ]);
  const asked = await run.ask({ action: "counter.redirect", args: { order: "d-1", address: "2 New Street" } }, "1");
  const vera = await signedIn("vera");
  await open(vera, `/approvals/${asked.approval?.id}`);
  const panel = panelOf(vera, "Redirect a parcel");
  await expect(panel.getByRole("deletion")).toContainText("1 Old Street");
  await expect(panel.getByRole("insertion")).toContainText("2 New Street");
  await expect(panel.getByText(/reported by the agent as the result of counter\.read_order/)).toBeVisible();
  await run.complete({ outcome: "succeeded" });
});

test("reject with a reason that fits often, and undo it", async ({ signedIn, agent, db }) => {
  const run = await agent("teller");
  const asked = await run.ask({ action: "counter.repay", args: { order: "r-1", amount: 300 } }, "1");
  const approvalId = asked.approval?.id ?? "";
  const told = run.waitForApproval(approvalId, patience());
  const vera = await signedIn("vera");
  await open(vera, `/inbox?item=approval:${approvalId}`);
  const panel = panelOf(vera, "Repay a customer");
  await expect(panel.getByRole("button", { name: "Reject" })).toBeVisible();

  const reject = async () => {
    await vera.keyboard.press("r");
    const dialog = vera.getByRole("dialog", { name: "Reject: Repay a customer" });
    await dialog.getByRole("button", { name: "Wrong amount" }).click();
    await expect(dialog.getByRole("textbox", { name: "Reason" })).toHaveValue(/Work it out again/);
    expect(await violations(vera, "all")).toEqual([]);
    // A key that is typed in a dialog stays in it.
    await dialog.getByRole("textbox", { name: "Reason" }).pressSequentially(" axu");
    await dialog.getByRole("button", { name: "Reject", exact: true }).click();
    await expect(dialog).toBeHidden();
  };
  // At once: there are five seconds for it, and the machine may be slow.
  await reject();
  await vera.keyboard.press("u");
  await expect
    .poll(() => db.approval.findUnique({ where: { id: approvalId }, select: { state: true } }))
    .toEqual({ state: "pending" });
  await open(vera, `/inbox?item=approval:${approvalId}`);
  await expect(panel.getByRole("button", { name: "Reject" })).toBeVisible();
  await reject();
  expect(await told).toMatchObject({ state: "rejected", comment: expect.stringMatching(/Work it out again.* axu$/) });
  await run.complete({ outcome: "failed", error: { message: "Not repaid." } });
});

test("ask the agent: it is woken, answers, and still waits for the decision", async ({ signedIn, agent }) => {
  const run = await agent("teller");
  const asked = await run.ask({ action: "counter.repay", args: { order: "q-1", amount: 310 } }, "1");
  const approvalId = asked.approval?.id ?? "";
  const told = run.waitForApproval(approvalId, patience(), 20, (question) => ({
    text: `You asked: ${question.text} <b>It</b> was\u202E broken.`,
  }));
  const vera = await signedIn("vera");
  await open(vera, `/inbox?item=approval:${approvalId}`);
  const panel = panelOf(vera, "Repay a customer");
  await panel.getByRole("button", { name: "Ask the agent" }).first().click();
  const dialog = vera.getByRole("dialog", { name: "Ask Teller" });
  await dialog.getByLabel("Question").fill("Which part was broken?");
  await dialog.getByRole("button", { name: "Ask", exact: true }).click();

  const conversation = panel.getByRole("list", { name: "Conversation" });
  await expect(conversation.getByText("Which part was broken?", { exact: true })).toBeVisible();
  await expect(conversation.getByText("Teller", { exact: true })).toBeVisible();
  await expect(conversation.getByText(/You asked: Which part was broken\? <b>It<\/b> was/)).toBeVisible();
  await expect(conversation.getByText("U+202E")).toBeVisible();

  await panel.getByRole("button", { name: "Comment" }).first().click();
  const comment = vera.getByRole("dialog", { name: "Comment" });
  await comment.getByLabel("Comment").fill("The same customer as last week.");
  await comment.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(conversation.getByText("The same customer as last week.")).toBeVisible();
  await expect(comment).toBeHidden();
  await vera.keyboard.press("a");
  expect(await told).toMatchObject({ state: "approved" });
  await run.complete({ outcome: "succeeded" });
});

test("undo: what was approved is recorded, and does not reach the agent", async ({ signedIn, agent, db }) => {
  const run = await agent("teller");
  const asked = await run.ask({ action: "counter.repay", args: { order: "u-1", amount: 320 } }, "1");
  const approvalId = asked.approval?.id ?? "";
  const vera = await signedIn("vera");
  await open(vera, `/inbox?item=approval:${approvalId}`);
  const panel = panelOf(vera, "Repay a customer");
  await expect(panel.getByText("u-1").first()).toBeVisible();
  await panel.getByRole("button", { name: "Approve" }).click();
  const undo = vera.getByRole("region", { name: /^Notifications/ }).getByRole("button", { name: "Undo", exact: true });
  // At once: it is offered for five seconds, and the machine may be slow.
  await undo.click();
  await expect
    .poll(() => db.approval.findUnique({ where: { id: approvalId }, select: { state: true } }))
    .toEqual({
      state: "pending",
    });
  const after = await run.ask({ action: "counter.repay", args: { order: "u-1", amount: 320 }, approvalId }, "after");
  expect(after).not.toMatchObject({ effect: "allow" });
  const records = await db.auditRecord.findMany({ where: { subjectId: approvalId }, select: { action: true } });
  expect(records.map((record) => record.action)).toEqual(expect.arrayContaining(["approval.approve", "approval.undo"]));
  await run.complete({ outcome: "succeeded" });
});

test("high risk: no single key approves it, what is approved is repeated, and the evidence stands for some seconds", async ({
  signedIn,
  agent,
}) => {
  const run = await agent("teller", { onBehalfOf: { subject: "customer 99" } });
  const asked = await run.ask({ action: "counter.close_account", args: { account: "A-77" } }, "1");
  const approvalId = asked.approval?.id ?? "";
  const told = run.waitForApproval(approvalId, patience());
  const vera = await signedIn("vera");
  // That the evidence is open reaches the server once the countdown has been looked at: it would run off meanwhile.
  let look = (): void => undefined;
  const looked = new Promise<void>((resolve) => {
    look = resolve;
  });
  await vera.route(/\/inbox(\?|$)/, async (route) => {
    if (route.request().method() === "POST") await looked;
    await route.continue();
  });
  await open(vera, `/inbox?item=approval:${approvalId}`);
  await expect(panelOf(vera, "Close an account").getByText("Cannot be undone.")).toBeVisible();
  await vera.keyboard.press("a");
  const dialog = vera.getByRole("dialog", { name: "Approve: Close an account" });
  await expect(dialog.getByText("A-77").first()).toBeVisible();
  await expect(dialog.getByText("customer 99")).toBeVisible();
  await expect(dialog.getByText("Cannot be undone.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: /^Approve in \d s$/ })).toBeDisabled();
  expect(await violations(vera, "all")).toEqual([]);
  look();
  const approve = dialog.getByRole("button", { name: "Approve", exact: true });
  await expect(approve).toBeEnabled();
  await approve.click();
  await expect(dialog).toBeHidden();
  expect(await told).toMatchObject({ state: "approved" });
  await run.complete({ outcome: "succeeded" });
});

test("two people: the first approval counts, the second one lets it go", async ({ signedIn, agent }) => {
  const run = await agent("teller");
  const asked = await run.ask({ action: "counter.pay_out", args: { amount: 4000 } }, "1");
  const approvalId = asked.approval?.id ?? "";
  const told = run.waitForApproval(approvalId, patience());
  const vera = await signedIn("vera");
  const wim = await signedIn("wim");
  await open(wim, `/approvals/${approvalId}`);
  const wims = panelOf(wim, "Pay out");
  await expect(wims.getByText("0 of 2 approved")).toBeVisible();

  await open(vera, `/approvals/${approvalId}`);
  await panelOf(vera, "Pay out").getByRole("button", { name: "Approve" }).click();
  await expect(vera).toHaveURL(/\/inbox/);
  await expect(wims.getByText("1 of 2 approved")).toBeVisible();
  await expect(wims.getByRole("list", { name: "Who has approved" })).toContainText("Vera Kalt");
  await open(vera, `/approvals/${approvalId}`);
  await expect(vera.getByText("You approved it")).toBeVisible();
  await expect(panelOf(vera, "Pay out").getByRole("button", { name: "Approve", exact: true })).toHaveCount(0);

  await wims.getByRole("button", { name: "Approve" }).click();
  expect(await told).toMatchObject({ state: "approved" });
  await run.complete({ outcome: "succeeded" });
});

test("evidence that wants to run, load or hide something is only text", async ({ signedIn, agent }) => {
  const run = await agent("teller");
  const hostile = '<img src="https://evil.example/p.gif" onerror="alert(1)"><script>alert(2)</script>';
  const asked = await run.ask(
    {
      action: "counter.repay",
      args: { order: `h-1\u200B${hostile}`, amount: 330 },
      evidence: {
        reason: `${hostile} pay\u202Egnp.exe`,
        sources: [
          { title: "Click", url: "javascript:alert(3)" },
          { title: "Data", url: "data:text/html,<script>alert(4)</script>" },
          { title: "Bank", url: "https://bank.example@evil.example/" },
          { title: "Photo", url: "https://photos.example/1" },
        ],
      },
    },
    "1",
  );
  const vera = await signedIn("vera");
  const elsewhere: string[] = [];
  vera.on("request", (request) => {
    if (/example\//.test(request.url())) elsewhere.push(request.url());
  });
  vera.on("dialog", (dialog) => elsewhere.push(`dialog: ${dialog.message()}`));
  await open(vera, `/inbox?item=approval:${asked.approval?.id}`);
  const panel = panelOf(vera, "Repay a customer");
  await expect(panel.getByText("<script>alert(2)</script>").first()).toBeVisible();
  await expect(panel.getByText("U+202E").first()).toBeVisible();
  await expect(panel.getByText("U+200B").first()).toBeVisible();
  await expect(panel.locator("img, iframe, script")).toHaveCount(0);
  const outside = panel.getByRole("link").and(panel.locator("[target=_blank]"));
  await expect(outside).toHaveCount(1);
  await expect(outside).toHaveAttribute("href", "https://photos.example/1");
  await expect(outside).toContainText("photos.example");
  expect(elsewhere).toEqual([]);
  await run.complete({ outcome: "succeeded" });
});

test("take it, snooze it, and find it again", async ({ signedIn, agent, db }) => {
  const run = await agent("teller");
  const asked = await run.ask({ action: "counter.repay", args: { order: "s-1", amount: 340 } }, "1");
  const approvalId = asked.approval?.id ?? "";
  const vera = await signedIn("vera");
  await open(vera, `/approvals/${approvalId}`);
  await expect(panelOf(vera, "Repay a customer").getByText("s-1").first()).toBeVisible();
  await vera.keyboard.press("i");
  await expect(vera.getByText("Vera Kalt takes care of it")).toBeVisible();
  await vera.keyboard.press("h");
  // Its deadline is in half an hour: it cannot be hidden for longer.
  await expect(vera.getByRole("menuitem", { name: /In an hour/ })).toHaveAttribute("aria-disabled", "true");
  await vera.getByRole("menuitem", { name: "Choose a time…" }).click();
  const soon = new Date(Date.now() + 10 * 60_000).toISOString().slice(0, 16);
  const dialog = vera.getByRole("dialog", { name: "Snooze until" });
  await dialog.getByLabel("Until").fill(soon);
  await dialog.getByRole("button", { name: "Snooze" }).click();
  await expect.poll(() => db.approvalSnooze.count({ where: { approvalId } })).toBe(1);
  await vera.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => db.approvalSnooze.count({ where: { approvalId } })).toBe(0);
  await run.complete({ outcome: "succeeded" });
});
