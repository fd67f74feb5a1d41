import { answers, expect, open, patience, test } from "@/e2e/specs/system/journey";

test("a request of high risk is found, read and approved without a mouse", async ({ signedIn, agent }) => {
  const run = await agent("night-desk", { onBehalfOf: { subject: "customer 12" } });
  const asked = await run.ask({ action: "desk.close_account", args: { account: "a-12" } }, "1");
  const approvalId = asked.approval?.id ?? "";
  const told = run.waitForApproval(approvalId, patience());

  const page = await signedIn("kim");
  const { keyboard } = page;
  await open(page, "/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Overview");
  await keyboard.press("g");
  await keyboard.press("a");
  await expect(page).toHaveURL(/\/inbox$/);
  await expect(page.getByRole("option", { name: /Close an account a-12, high risk/ })).toBeVisible();
  await keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 2, name: /Close an account/ })).toBeVisible();

  // High risk: the key asks once more, and what cannot be undone is said.
  await keyboard.press("a");
  const dialog = page.getByRole("dialog", { name: /Approve: Close an account/ });
  await expect(dialog.getByText(/cannot be undone/i).first()).toBeVisible();
  await expect(dialog.getByRole("textbox", { name: /Comment/ })).toBeFocused();
  await keyboard.type("Checked with the customer.");
  // The evidence must have been open for some seconds.
  await expect(dialog.getByRole("button", { name: "Approve", exact: true })).toBeEnabled();
  await keyboard.press("ControlOrMeta+Enter");

  expect(await told).toMatchObject({ state: "approved", comment: "Checked with the customer." });
  await expect(page.getByText("Nothing waits for you")).toBeVisible();
  await run.complete({ outcome: "succeeded" });
});

test("the keys of a page are listed, and the palette goes, finds and does", async ({ signedIn }) => {
  const page = await signedIn("mara");
  const { keyboard } = page;
  await open(page, "/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Overview");
  await keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" }).getByText("Search and commands")).toBeVisible();
  await keyboard.press("Escape");

  await keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog", { name: "Command palette" });
  await palette.getByRole("combobox").fill("catal");
  await expect(palette.getByRole("option", { selected: true })).toHaveText(/^Catalogue/);
  await keyboard.press("Enter");
  await expect(page).toHaveURL(/\/catalogue$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Catalogue");

  // A record that the server finds.
  await keyboard.press("ControlOrMeta+k");
  await palette.getByRole("combobox").fill("night d");
  await expect(palette.getByRole("option", { name: /Night desk/ })).toBeVisible();
  await palette.getByRole("option", { name: /Night desk/ }).click();
  await expect(page).toHaveURL(/\/agents\/night-desk$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Night desk");
});

test("the theme is chosen once, kept, and stands before the first paint", async ({ signedIn }) => {
  const page = await signedIn("mara", { theme: "light" });
  const html = page.locator("html");
  await open(page, "/runs");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Runs");
  await expect(html).toHaveAttribute("data-theme", "light");
  await page.getByRole("button", { name: /account and theme/ }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(html).toHaveAttribute("data-theme", "dark");
  await page.reload({ waitUntil: "commit" });
  await expect(html).toHaveAttribute("data-theme", "dark");
  await answers(page);
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox", { name: "Command palette" }).fill("light and dark");
  await expect(page.getByRole("option", { selected: true })).toHaveText(/light and dark/);
  await page.keyboard.press("Enter");
  await expect(html).toHaveAttribute("data-theme", "light");
});
