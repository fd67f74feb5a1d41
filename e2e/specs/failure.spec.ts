import { expect, open, patience, test } from "@/e2e/specs/system/journey";

const failed = (id: string) => ({ id, kind: "tool" as const, at: new Date().toISOString(), name: "hoist", ok: false });

test("an appeal: the agent asks again, a person permits it once, and no more than that", async ({
  signedIn,
  agent,
}) => {
  const run = await agent("porter", { onBehalfOf: { subject: "customer 88" } });
  const denied = await run.ask({ action: "desk.wipe", args: { shelf: "c" } }, "1");
  expect(denied).toMatchObject({ effect: "deny", code: "policy_denied" });
  const reason = "Shelf C holds nothing but what the customer asked us to forget.";
  const { appealId } = await run.appeal({ decisionId: denied.decisionId, reason }, "2");
  const answered = run.waitForAppeal(appealId, patience());

  const page = await signedIn("ivy");
  await open(page, "/inbox?kind=appeal");
  const main = page.getByRole("main");
  await main.getByRole("option", { name: /^Appeal, Wipe the records.*, by Porter/ }).click();
  await expect(main.getByText(reason)).toBeVisible();
  await expect(main.getByText("never-wipe").first()).toBeVisible();
  await expect(main.getByText("customer 88").first()).toBeVisible();
  await main.getByRole("button", { name: "Permit once" }).click();
  const dialog = page.getByRole("dialog", { name: "Permit this once" });
  await dialog.getByLabel("Reason").fill("Checked with the customer.");
  await dialog.getByRole("button", { name: "Permit once" }).click();
  await expect(main.getByText("Permitted once").first()).toBeVisible();

  const answer = await answered;
  expect(answer).toMatchObject({ state: "granted", outcome: "permit", comment: "Checked with the customer." });
  const approvalId = answer.approvalId ?? "";
  expect(await run.ask({ action: "desk.wipe", args: { shelf: "d" }, approvalId }, "3")).toMatchObject({
    effect: "deny",
  });
  expect(await run.ask({ action: "desk.wipe", args: { shelf: "c" }, approvalId }, "4")).toMatchObject({
    effect: "allow",
  });
  expect(await run.ask({ action: "desk.wipe", args: { shelf: "c" }, approvalId }, "5")).toMatchObject({
    effect: "deny",
  });
});

test("incidents: tools that keep failing open one; a person opens another, which stops the agent until it is resolved", async ({
  signedIn,
  agent,
}) => {
  const run = await agent("porter");
  expect((await run.events([failed("f1")])).retry).toEqual({ afterMs: 1_000, attempt: 1, max: 3 });
  await run.events(["f2", "f3", "f4", "f5"].map(failed));

  const page = await signedIn("ivy");
  const main = page.getByRole("main");
  await open(page, "/incidents");
  await main.getByRole("link", { name: "Tools keep failing for Porter" }).click();
  await expect(main.getByRole("heading", { level: 1 })).toHaveText("Tools keep failing for Porter");
  await expect(main.getByText("5 tool errors in a row in one run.")).toBeVisible();
  await main.getByRole("textbox", { name: "Note" }).fill("The hoist was switched off.");
  await main.getByRole("button", { name: "Add the note" }).click();
  await expect(main.getByRole("list", { name: "Timeline" }).getByText("The hoist was switched off.")).toBeVisible();
  await main.getByRole("button", { name: "Resolve" }).click();
  const resolving = page.getByRole("dialog", { name: "Resolve the incident" });
  await resolving.getByLabel("Cause").fill("Nobody had switched it on again.");
  await resolving.getByRole("button", { name: "Resolve" }).click();
  await expect(main.getByText("Resolved").first()).toBeVisible();

  await open(page, "/agents/porter");
  await main.getByRole("button", { name: "Open an incident" }).click();
  const opening = page.getByRole("dialog", { name: "Open an incident" });
  await opening.getByLabel("What is wrong").fill("It carries the wrong boxes");
  await opening.getByRole("button", { name: "Open", exact: true }).click();
  await expect(main.getByRole("heading", { level: 1 })).toHaveText("It carries the wrong boxes");
  expect(await run.ask({ action: "desk.read_order", args: { order: "o-1" } }, "1")).toMatchObject({
    effect: "deny",
    code: "agent_suspended",
  });
  await main.getByRole("button", { name: "Resolve" }).click();
  await resolving.getByLabel("Cause").fill("Two labels were swapped.");
  await expect(resolving.getByLabel("Resume Porter")).toBeChecked();
  await resolving.getByRole("button", { name: "Resolve" }).click();
  await expect(main.getByText("Two labels were swapped.").first()).toBeVisible();
  expect(await run.ask({ action: "desk.read_order", args: { order: "o-1" } }, "2")).toMatchObject({ effect: "allow" });
});

test("the kill switch of a part: its agents are denied, every page says so, and it is lifted again", async ({
  signedIn,
  agent,
}) => {
  const run = await agent("porter");
  const ask = (key: string) => run.ask({ action: "desk.read_order", args: { order: "o-1" } }, key);
  expect(await ask("1")).toMatchObject({ effect: "allow" });
  const page = await signedIn("ivy");
  const main = page.getByRole("main");
  await open(page, "/incidents/kill-switch");
  await main.getByRole("button", { name: "Stop a part" }).click();
  const stopping = page.getByRole("dialog", { name: "Stop a part of the chart" });
  await stopping.getByLabel("Part").click();
  await page.getByRole("option", { name: "Yard", exact: true }).click();
  await stopping.getByLabel("Reason").fill("The crane is being mended.");
  await stopping.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(page.getByRole("complementary", { name: "Kill switch" })).toContainText("Yard is stopped.");
  expect(await ask("2")).toMatchObject({ effect: "deny", code: "subtree_suspended" });

  await open(page, "/runs");
  await page.getByRole("complementary", { name: "Kill switch" }).getByRole("link").click();
  await main.getByRole("button", { name: "Let Yard act again" }).click();
  const lifting = page.getByRole("dialog", { name: "Let Yard act again" });
  await lifting.getByLabel("Reason").fill("The crane works.");
  await lifting.getByRole("button", { name: "Let it act" }).click();
  // What stands behind an open dialog is hidden from whoever asks by role.
  await expect(lifting).toBeHidden();
  await expect(page.getByRole("complementary", { name: "Kill switch" })).toHaveCount(0);
  expect(await ask("3")).toMatchObject({ effect: "allow" });
});
