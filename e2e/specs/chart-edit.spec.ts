import type { Page } from "@playwright/test";

import { expect, open, test } from "@/e2e/specs/system/journey";

const about = async (page: Page, name: string, act: RegExp): Promise<void> => {
  await page.getByRole("button", { name, exact: true }).click();
  await page.getByRole("menuitem", { name: act }).click();
};

test("a manager builds their part of the chart, without a manifest", async ({ signedIn }) => {
  const cora = await signedIn("cora");
  await open(cora, "/chart?focus=workshop&view=list");
  const row = (name: string) => cora.getByRole("treeitem").filter({ hasText: name });
  const dialog = cora.getByRole("dialog");

  await cora.getByRole("button", { name: "Add", exact: true }).click();
  await cora.getByRole("menuitem", { name: "Team" }).click();
  await dialog.getByRole("textbox", { name: "Name" }).fill("Night bench");
  await expect(dialog.getByRole("textbox", { name: "Slug" })).toHaveValue("night-bench");
  await dialog.getByRole("textbox", { name: "Slug" }).fill("treasury");
  await dialog.getByRole("button", { name: "Add the team" }).click();
  await expect(dialog.getByText("The slug treasury is taken.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Slug" }).fill("night-bench");

  // Places outside their part are not offered.
  await dialog.getByRole("button", { name: "Stands below" }).click();
  await cora.getByPlaceholder("Search").last().fill("treasury");
  await expect(cora.getByText("Nothing by this name.")).toBeVisible();
  await cora.keyboard.press("Escape");
  await dialog.getByRole("button", { name: "Add the team" }).click();
  await expect(row("Night bench")).toHaveAttribute("aria-selected", "true");

  await cora.getByRole("button", { name: "Add", exact: true }).click();
  await cora.getByRole("menuitem", { name: "Agent" }).click();
  await dialog.getByRole("textbox", { name: "Name" }).fill("Turner");
  await dialog.getByRole("button", { name: "Add the agent" }).click();
  await cora.waitForURL("**/agents/turner");
  const main = cora.getByRole("main");
  await expect(main.getByText("It has not called yet")).toBeVisible();

  // A grant: what its condition gets wrong is said at its place.
  await main.getByRole("link", { name: "Give it grants" }).click();
  await main.getByRole("button", { name: "Give a grant" }).click();
  await dialog.getByLabel("Action").fill("counter.repay");
  await dialog.getByLabel("Only if").fill("args.amuont < 5.0");
  await dialog.getByRole("button", { name: "Give the grant" }).click();
  await expect(dialog.getByLabel("Only if")).toHaveAttribute("aria-invalid", "true");
  await dialog.getByLabel("Only if").fill("args.amount < 5.0");
  await dialog.getByRole("button", { name: "Give the grant" }).click();
  await expect(dialog).toBeHidden();
  const grants = main.getByRole("table", { name: "Grants of this agent" });
  await expect(grants.getByText("Live")).toBeVisible();
  await grants.getByRole("button", { name: "Take back counter.repay" }).click();
  await cora.getByRole("button", { name: "Undo" }).click();
  await expect(grants.getByText("Live")).toBeVisible();
  await expect(grants.getByText("Revoked")).toBeVisible();

  // Its boundary: a new version, and nothing for a form that was only looked at.
  await cora.getByRole("button", { name: "Edit", exact: true }).click();
  await dialog.getByRole("textbox", { name: "Purpose" }).fill("Turns table legs");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await expect(main.getByText("Turns table legs")).toBeVisible();

  // Moved, and moved back.
  await open(cora, "/chart?focus=turner&view=list");
  await about(cora, "Turner", /Move/);
  await dialog.getByRole("button", { name: "Stands below" }).click();
  await cora.getByPlaceholder("Search").last().fill("workshop");
  await expect(cora.getByRole("option", { name: /^Workshop/ })).toHaveAttribute("aria-selected", "true");
  await cora.keyboard.press("Enter");
  await dialog.getByRole("button", { name: "Move", exact: true }).click();
  await expect(row("Turner")).toHaveAttribute(
    "aria-level",
    (await row("Night bench").getAttribute("aria-level")) ?? "",
  );
  await cora.getByRole("button", { name: "Undo" }).click();
  await expect(row("Turner")).not.toHaveAttribute(
    "aria-level",
    (await row("Night bench").getAttribute("aria-level")) ?? "",
  );

  // What is not empty stays; what was retired moves up when its team goes.
  await row("Night bench").click();
  await about(cora, "Night bench", /Remove/);
  await dialog.getByLabel("Reason").fill("No nights any more");
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(dialog.getByText("Night bench is not empty: turner stands below it.")).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await open(cora, "/agents/turner");
  await cora.getByRole("button", { name: "Retire" }).click();
  await dialog.getByLabel("Reason").fill("No nights any more");
  await dialog.getByRole("button", { name: "Retire" }).click();
  await expect(main.getByText("Retired", { exact: true })).toBeVisible();
  await open(cora, "/chart?focus=night-bench&view=list");
  await about(cora, "Night bench", /Remove/);
  await dialog.getByLabel("Reason").fill("No nights any more");
  await dialog.getByRole("button", { name: "Remove" }).click();
  await expect(row("Night bench")).toHaveCount(0);
});

test("who may not change the chart is offered nothing", async ({ signedIn }) => {
  const sal = await signedIn("sal");
  await open(sal, "/chart");
  await expect(sal.getByRole("link", { name: "Scout" })).toBeVisible();
  await expect(sal.getByRole("button", { name: "Add", exact: true })).toHaveCount(0);
  await open(sal, "/agents");
  await expect(sal.getByRole("link", { name: "Scout" }).first()).toBeVisible();
  await expect(sal.getByRole("button", { name: "New agent" })).toHaveCount(0);
});

test("the card that the chart names as active is there out of sight too, and none is named below a closed node", async ({
  signedIn,
}) => {
  const ada = await signedIn("ada");
  await open(ada, "/chart?focus=scout");
  const chart = ada.getByRole("group", { name: /^Chart\. Arrow keys/ });
  const above = chart.getByRole("link", { name: "Sales", exact: true });
  await expect(above).toBeVisible();
  const named = () =>
    chart.evaluate((box) => document.getElementById(box.getAttribute("aria-activedescendant") ?? "")?.textContent);
  await expect.poll(named).toMatch(/Scout/);
  await chart.hover();
  const leftInSight = async () => {
    await ada.mouse.wheel(0, 5_000);
    return above.count();
  };
  await expect.poll(leftInSight).toBe(0);
  await expect.poll(named).toMatch(/Scout/);
  await ada.keyboard.press("Shift+C");
  await expect(chart).not.toHaveAttribute("aria-activedescendant");
});
