import { expect, open, test } from "@/e2e/specs/system/journey";

test("a draft is tried on what was decided: what would change, by which rule, with the decisions; and again when it has changed", async ({
  signedIn,
  agent,
}) => {
  const run = await agent("packer", { instruction: "Send what is on the shelf." });
  const pack = (parcel: string, weight: number) => run.ask({ action: "store.pack", args: { parcel, weight } }, parcel);
  for (const weight of [5, 15, 25]) expect(await pack(`p-${weight}`, weight)).toMatchObject({ effect: "allow" });
  expect(await pack("p-40", 40)).toMatchObject({ effect: "deny" });

  const page = await signedIn("sid");
  const main = page.getByRole("main");
  await open(page, "/policies/packing-rules/simulate");
  await expect(main.getByText("There is no draft to try")).toBeVisible();
  await main.getByRole("button", { name: "Begin a draft" }).click();
  await page.waitForURL("/policies/packing-rules/edit");
  await expect(page.getByLabel("Name of the policy")).toHaveValue("Packing rules");

  // As it is in force, it changes nothing.
  await open(page, "/policies/packing-rules/simulate");
  await expect(main.getByText("Nothing simulated yet")).toBeVisible();
  await main.getByRole("button", { name: "Simulate" }).click();
  await expect(main.getByText("Nothing would change")).toBeVisible();
  await expect(main.getByText("No rule that differs is about any of these decisions.")).toBeVisible();

  // A stricter one.
  await open(page, "/policies/packing-rules/edit");
  const weight = main.getByRole("group", { name: "Condition on Weight" });
  await weight.getByLabel("Value", { exact: true }).fill("10");
  // Whoever leaves by the page's own buttons leaves nothing unsaved.
  await main.getByRole("button", { name: "Simulate", exact: true }).click();
  await page.waitForURL("/policies/packing-rules/simulate");
  await expect(main.getByText("The draft has changed since")).toBeVisible();
  await main.getByRole("button", { name: "Run again" }).click();
  await expect(main.getByText("The draft has changed since")).toBeHidden();
  await main.getByRole("link", { name: "Allow becomes deny: 2 decisions" }).click();
  await expect(page).toHaveURL(/from=allow&to=deny/);
  await expect(main.getByRole("link", { name: "Pack a parcel p-15" })).toBeVisible();
  await expect(main.getByRole("row", { name: /^heavy Changed 1 3 2 0 2/ })).toBeVisible();
  await expect(main.getByText("100%")).toBeVisible();
  await main.getByRole("link", { name: "Pack a parcel p-25" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /Pack a parcel/ })).toBeVisible();
});
