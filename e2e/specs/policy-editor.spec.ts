import type { Page } from "@playwright/test";

import { expect, open, test } from "@/e2e/specs/system/journey";

/** It may also say that something is not saved. */
const saved = (page: Page) => expect(page.getByRole("status").filter({ hasText: /^Saved \S/ })).toBeVisible();

/** Opens a list of names or fields, searches in it, and takes what comes first. */
async function choose(page: Page, button: string, search: string): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.getByRole("combobox", { name: /./ }).last().fill(search);
  await page
    .getByRole("option", { name: new RegExp(search, "i") })
    .first()
    .click();
}

test("a rule is built from fields, changed as text, tried on a past decision, and kept", async ({
  signedIn,
  agent,
  db,
}) => {
  const run = await agent("night-desk", { onBehalfOf: { subject: "customer 12" } });
  const small = await run.ask({ action: "desk.refund", args: { order: "o-9", amount: 60 } }, "small");
  expect(small.effect).toBe("allow");

  const page = await signedIn("polly");
  await open(page, "/policies/edited-rules/edit");
  await page.getByRole("button", { name: "Begin a draft" }).click();
  await expect(page.getByLabel("Name of the policy")).toHaveValue("Edited rules");

  await page.getByRole("button", { name: "Add a rule" }).first().click();
  await page.getByLabel("Name", { exact: true }).fill("refunds-at-night");
  await expect(page.getByText("Choose at least one action.")).toBeVisible();
  await choose(page, "Add action", "refund an order");
  await page.keyboard.press("Escape");
  await expect(page.getByText("Choose at least one action.")).toBeHidden();
  await choose(page, "Add agent", "night");
  await page.keyboard.press("Escape");
  await choose(page, "Condition", "amount");
  await page.getByLabel("Value", { exact: true }).fill("50");
  await page.getByRole("radio", { name: "Deny" }).check({ force: true });
  await page.getByLabel("What the agent is told").fill("Not at night.");
  await saved(page);

  const text = page.getByRole("textbox", { name: "Condition as text" });
  await page.getByRole("radio", { name: "Text" }).check({ force: true });
  await expect(text).toHaveText("args.amount > 50.0");
  await text.click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type(" && run.mod == 1");
  await expect(page.getByText("There is no mod here.")).toBeVisible();
  await expect(page.locator(".cm-lintRange-error")).toHaveText("mod");
  for (const _ of "mod == 1") await page.keyboard.press("Backspace");
  await page.keyboard.type("mo");
  await expect(page.getByRole("option").first()).toHaveText(/^mode/);
  await page.getByRole("option").first().click();
  await page.keyboard.type(' != "shadow');
  await expect(page.getByText("There is no mod here.")).toBeHidden();
  await expect(text).toHaveText('args.amount > 50.0 && run.mode != "shadow"');

  await page.getByRole("radio", { name: "Fields" }).check({ force: true });
  await expect(page.getByRole("group", { name: "Condition on Mode" })).toBeVisible();
  await expect(
    page.getByRole("group", { name: "Condition on Amount" }).getByLabel("Value", { exact: true }),
  ).toHaveValue("50");

  await page.getByRole("button", { name: "Find decisions" }).click();
  const panel = page.getByRole("region", { name: "Try on a past decision" });
  await panel.getByRole("button", { name: /Night desk, .*o-9/ }).click();
  const result = page.getByRole("region", { name: "Result" });
  await expect(result.getByText("The draft changes the answer.")).toBeVisible();
  await expect(result.getByText("Not at night.")).toBeVisible();
  await expect(result.getByText("Amount is more than 50")).toBeVisible();
  await expect(result.getByText("60", { exact: true })).toBeVisible();

  await saved(page);
  await page.getByRole("button", { name: "scouts-close-nothing" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page).toHaveURL(/\/policies\/edited-rules\/publish$/);
  const draft = await db.policyDraft.findUniqueOrThrow({ where: { policyId: "edited-rules" } });
  expect(draft.rules).toEqual([
    {
      id: "scouts-close-nothing",
      match: { actions: ["desk.close_account"], agents: ["scout"] },
      effect: "deny",
      message: "Scouts close nothing.",
    },
    {
      id: "refunds-at-night",
      match: { actions: ["desk.refund"], agents: ["night-desk"] },
      effect: "deny",
      when: 'args.amount > 50.0 && run.mode != "shadow"',
      message: "Not at night.",
    },
  ]);
});

test("two who write at once: the second is told, and chooses", async ({ signedIn }) => {
  const first = await signedIn("polly");
  await open(first, "/policies/support-rules/edit");
  await first.getByRole("button", { name: "Begin a draft" }).click();
  await expect(first.getByLabel("Name of the policy")).toBeVisible();
  const second = await signedIn("polly");
  await open(second, "/policies/support-rules/edit?rule=never-wipe");

  await first.getByLabel("Why it is there").fill("The first.");
  await saved(first);
  await second.getByLabel("Why it is there").fill("The second.");
  await expect(second.getByText("Somebody else changed this draft meanwhile.")).toBeVisible();
  await second.getByRole("button", { name: "Keep mine" }).click();
  await saved(second);

  await first.getByLabel("Why it is there").fill("The first again.");
  await first.getByRole("button", { name: "Take theirs" }).click();
  // It is read anew, with nothing at this rule: theirs was at another.
  await expect(first.getByLabel("Why it is there")).toHaveValue("");
  await open(first, "/policies/support-rules/edit?rule=never-wipe");
  await expect(first.getByLabel("Why it is there")).toHaveValue("The second.");
});
