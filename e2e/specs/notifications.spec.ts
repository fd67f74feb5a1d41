import { answers, expect, open, test } from "@/e2e/specs/system/journey";

test("choose how one is told, see the bell without a reload, open the item", async ({ signedIn, agent }) => {
  const page = await signedIn("nell");
  await open(page, "/people/me/notifications");
  const main = page.getByRole("main");
  await expect(main.getByRole("heading", { level: 1, name: "Your account" })).toBeVisible();
  const chat = main.getByRole("checkbox", { name: "Approval asked of you, high risk: Chat" });
  await expect(chat).toBeChecked();
  await chat.click();
  await main.getByRole("combobox", { name: "Appeal: pace" }).click();
  await page.getByRole("option", { name: "Hourly" }).click();
  await main.getByRole("switch", { name: "Quiet hours" }).click();
  await main.getByLabel("From").fill("21:30");
  await main.getByRole("button", { name: "Save choices" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.reload();
  await answers(page);
  await expect(chat).not.toBeChecked();
  await expect(main.getByRole("combobox", { name: "Appeal: pace" })).toHaveText("Hourly");
  await expect(main.getByLabel("From")).toHaveValue("21:30");

  // A chat that leads into the private network is not connected.
  await main.getByLabel("Incoming webhook").fill("https://169.254.169.254/latest/meta-data");
  await main.getByRole("button", { name: "Connect" }).click();
  await expect(main.getByText("The address leads into a private network.")).toBeVisible();

  await open(page, "/notifications");
  await expect(main.getByText("You have read everything")).toBeVisible();
  const run = await agent("postman");
  const asked = await run.ask({ action: "desk.close_account", args: { account: "a-1" } }, "close");
  expect(asked.effect).toBe("escalate");
  await expect(page.getByRole("link", { name: "Notifications, 1 unread" })).toBeVisible();
  const item = main.getByRole("list", { name: "Notifications" }).getByRole("listitem");
  await expect(item).toContainText(["Approval asked of you"]);
  await expect(item).toContainText(["Postman"]);
  await item.getByRole("link", { name: /Close an account/ }).click();
  await expect(page).toHaveURL(new RegExp(`/approvals/${asked.approval?.id}`));
  await expect(main.getByRole("heading", { level: 1, name: /Close an account/ })).toBeVisible();
  await expect(page.getByRole("link", { name: "Notifications", exact: true })).toBeVisible();
});

test("a webhook: its secret is shown once, what it is told stands in its log, and it is removed for good", async ({
  signedIn,
  agent,
}) => {
  const page = await signedIn("olga");
  await open(page, "/settings/webhooks");
  const main = page.getByRole("main");
  await main.getByRole("button", { name: "Add webhook" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Pager");
  await dialog.getByLabel("Address").fill("https://127.0.0.1/hooks");
  await dialog.getByRole("combobox", { name: "Hears of" }).click();
  await page.getByRole("option", { name: "Post", exact: true }).click();
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  await expect(dialog.getByText(/leads into a private network/)).toBeVisible();
  // A name that never resolves (RFC 2606): the attempt fails and stands in the log.
  await dialog.getByLabel("Address").fill("https://hooks.invalid/remit?token=x");
  await dialog.getByRole("button", { name: "Add webhook" }).click();
  await expect(dialog.getByText(/^whsec_/)).toBeVisible();
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  await main.getByRole("link", { name: "Pager" }).click();
  await expect(main.getByText("https://hooks.invalid/remit?…")).toBeVisible();
  await expect(main.getByText("Nothing sent yet")).toBeVisible();

  const run = await agent("postman");
  await run.ask({ action: "desk.close_account", args: { account: "a-2" } }, "close");
  const table = main.getByRole("table", { name: "Deliveries" });
  await expect(table.getByText("Close an account")).toBeVisible();
  await expect(table.getByText(/has a name that/)).toBeVisible();
  await main.getByRole("button", { name: "New secret" }).click();
  await expect(page.getByRole("dialog").getByText(/^whsec_/)).toBeVisible();
  await page.getByRole("button", { name: "I have copied it" }).click();
  await expect(main.getByText(/^Two sign until/)).toBeVisible();
  // A test goes the same way, and what comes of it shows without a reload.
  await main.getByRole("button", { name: "Send a test" }).click();
  await expect(main.getByText("Not yet", { exact: true })).toBeVisible();
  await expect(table.getByText("Test", { exact: true })).toBeVisible();
  await main.getByRole("button", { name: "Pause" }).click();
  await expect(main.getByText("An admin paused it.")).toBeVisible();
  await main.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(page).toHaveURL(/\/settings\/webhooks$/);
  await expect(main.getByText("Pager")).toHaveCount(0);
});

test("who does not manage the organisation sees no webhooks", async ({ signedIn }) => {
  const page = await signedIn("nell");
  await page.goto("/settings/authority");
  await expect(page.getByRole("link", { name: "Webhooks" })).toHaveCount(0);
  await page.goto("/settings/webhooks");
  await expect(page.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
});
