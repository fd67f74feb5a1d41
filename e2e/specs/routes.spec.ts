import type { Page } from "@playwright/test";

import { expect, open, test } from "@/e2e/specs/system/journey";

// A long way for one journey, on a machine that does other things as well.
/** Adds one of the offered contacts under a heading of the editor. */
async function contact(page: Page, group: ReturnType<Page["getByRole"]>, search: string): Promise<void> {
  await group.getByRole("button", { name: "Add contact", exact: true }).last().click();
  await page.getByRole("combobox", { name: /./ }).last().fill(search);
  await page
    .getByRole("option", { name: new RegExp(search, "i") })
    .first()
    .click();
  await page.keyboard.press("Escape");
}

test("a rotation is made, somebody stands in, and a rule asks whoever is on call, two of them", async ({
  signedIn,
  db,
}) => {
  const page = await signedIn("polly");
  await open(page, "/people/rotations");
  await page.getByRole("button", { name: "New rotation" }).first().click();
  const form = page.getByRole("dialog", { name: "New rotation" });
  await form.getByLabel("Name", { exact: true }).fill("Night watch");
  await expect(form.getByLabel("Id", { exact: true })).toHaveValue("night-watch");
  for (const name of ["Vera Kalt", "Wim Rot"]) {
    await form.getByRole("combobox", { name: "Who takes turns, in order" }).click();
    await page.getByRole("option", { name }).click();
  }
  await form.getByRole("button", { name: "Wim Rot: earlier" }).click();
  await expect(form.getByRole("list", { name: "Order of turns" }).getByRole("listitem").first()).toContainText(
    "Wim Rot",
  );
  await form.getByLabel("First turn on").fill("2026-01-05");
  await form.getByLabel("Time zone").fill("UTC");
  await expect(form.getByRole("region", { name: "Turns" })).toContainText("Vera Kalt");
  await form.getByRole("button", { name: "Create the rotation" }).click();

  await expect(page).toHaveURL(/\/people\/rotations\/night-watch$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Night watch");
  await expect(page.getByText(/(Vera Kalt|Wim Rot) is on call until/)).toBeVisible();
  const onCall = (await page.getByText(/ is on call until/).textContent())?.startsWith("Wim") ? "Wim Rot" : "Vera Kalt";
  const other = onCall === "Wim Rot" ? "Vera Kalt" : "Wim Rot";

  await page.getByRole("button", { name: "Swap" }).click();
  const swap = page.getByRole("dialog", { name: "Somebody stands in" });
  await swap.getByRole("combobox", { name: "Who stands in" }).click();
  await page.getByRole("option", { name: other }).click();
  await swap.getByLabel("From", { exact: true }).fill("2026-01-06T00:00");
  await swap.getByLabel("Until", { exact: true }).fill("2026-01-07T00:00");
  await swap.getByRole("button", { name: "Swap" }).click();
  await expect(swap.getByText("It is over already.")).toBeVisible();
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
  await swap.getByLabel("From", { exact: true }).fill(new Date(Date.now() - 60_000).toISOString().slice(0, 16));
  await swap.getByLabel("Until", { exact: true }).fill(tomorrow);
  await swap.getByRole("button", { name: "Swap" }).click();
  await expect(page.getByText(`${other} is on call until`)).toBeVisible();
  await expect(page.getByRole("region", { name: "Stand-ins" })).toContainText(other);

  await open(page, "/policies/~new?template=blank");
  await page.getByLabel("Name", { exact: true }).fill("Watched rules");
  await page.getByRole("button", { name: "Create the draft" }).click();
  await expect(page).toHaveURL(/\/policies\/watched-rules\/edit/);
  await expect(page.getByLabel("Name of the policy")).toHaveValue("Watched rules");
  await page.getByRole("button", { name: "Add a rule" }).first().click();
  await page.getByLabel("Name", { exact: true }).fill("large-at-night");
  await page.getByRole("button", { name: "Add action", exact: true }).click();
  await page.getByRole("combobox", { name: /./ }).last().fill("refund an order");
  await page
    .getByRole("option", { name: /refund an order/i })
    .first()
    .click();
  await page.keyboard.press("Escape");
  await page.getByRole("radio", { name: "Escalate" }).check({ force: true });
  const asked = page.getByRole("group", { name: "Who is asked" });
  await contact(page, asked, "night watch");
  await expect(asked.getByText("On call: Night watch")).toBeVisible();
  await asked.getByRole("button", { name: "Next contact" }).click();
  await contact(page, asked, "mara");
  await asked.getByLabel("Time before contact 2 is asked").fill("15m");
  // Nobody in the world is three of two: the place says so before it is saved.
  await asked.getByLabel("People who must agree").fill("20");
  await expect(asked.getByText(/people to agree, and at most/)).toBeVisible();
  await asked.getByLabel("People who must agree").fill("2");
  await expect(asked.getByText(/people to agree, and at most/)).toBeHidden();
  await asked.getByLabel("Decided within").fill("10m");
  await expect(asked.getByText("Comes after the deadline")).toBeVisible();
  await asked.getByLabel("Decided within").fill("1h");

  const written = async () => (await db.policyDraft.findUniqueOrThrow({ where: { policyId: "watched-rules" } })).rules;
  await expect.poll(written).toEqual([
    {
      id: "large-at-night",
      match: { actions: ["desk.refund"] },
      effect: "escalate",
      to: ["rotation:night-watch"],
      // oxlint-disable-next-line unicorn/no-thenable -- the word that manifests use; a list is never called
      then: [{ to: ["mara@example.com"], after: "15m" }],
      quorum: 2,
      deadline: "1h",
    },
  ]);
});

test("who is away says so, and is asked again when they are back", async ({ signedIn }) => {
  const page = await signedIn("polly");
  await open(page, "/people/me");
  await expect(page.getByText("You are not away")).toBeVisible();
  await page.getByRole("button", { name: "Away", exact: true }).click();
  const form = page.getByRole("dialog", { name: "You are away" });
  await form.getByRole("combobox", { name: "In their place" }).click();
  await page.getByRole("option", { name: "Meg Oduya" }).click();
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Meg Oduya is asked in their place")).toBeVisible();
  await page.getByRole("button", { name: "Back", exact: true }).click();
  await expect(page.getByText("You are not away")).toBeVisible();
});
