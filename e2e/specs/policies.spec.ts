import { changeSettings } from "@/lib/organisation/settings-change";
import { expect, open, signIn, test } from "@/e2e/specs/system/journey";
import { organise, operator } from "@/e2e/specs/system/organise";
import { PEOPLE } from "@/e2e/specs/system/organisation";
import { createDb } from "@/lib/db/client";
import { createPool } from "@/lib/db/connect";
import { publishPolicy } from "@/lib/policies/publish";

test("a policy from a template: named, checked in words, published, and binding the very next decision", async ({
  signedIn,
  agent,
}) => {
  const run = await agent("seller", { instruction: "Win the customer back." });
  const offer = (id: string, percent: number) =>
    run.ask({ action: "shop.grant_discount", args: { offer: id, discount_percent: percent } }, id);
  expect(await offer("before", 15)).toMatchObject({ effect: "allow" });

  const page = await signedIn("pia");
  const main = page.getByRole("main");
  await open(page, "/policies");
  await page.getByRole("link", { name: "New policy" }).first().click();
  await page.getByRole("link", { name: "Discount over a share" }).click();
  await page.getByLabel("Name").fill("Discounts");
  await page.getByLabel("Largest discount").fill("lots");
  await page.getByRole("button", { name: "Create the draft" }).click();
  await expect(page.getByText("must be a number from 0 to 100")).toBeVisible();
  await page.getByLabel("Largest discount").fill("10");
  await expect(main.getByText("discount percent is more than 10")).toBeVisible();
  await page.getByRole("button", { name: "Create the draft" }).click();
  await page.waitForURL("/policies/discounts/edit");

  // A draft binds nobody.
  expect(await offer("draft", 15)).toMatchObject({ effect: "allow" });
  await open(page, "/policies/discounts/publish");
  await expect(main.getByText("Added")).toBeVisible();
  await page.getByLabel("What changes, and why").fill("No more than ten percent.");
  await page.getByRole("button", { name: "Publish" }).click();
  await page.waitForURL("/policies/discounts");
  await expect(page.getByText("In force: version 1")).toBeVisible();
  expect(await offer("after", 15)).toMatchObject({
    effect: "deny",
    message: "Discounts above 10 % are not given by agents.",
  });
  expect(await offer("small", 10)).toMatchObject({ effect: "allow" });

  // The worker counts it, and the page shows it without a reload.
  await page.getByRole("link", { name: /^held once/ }).click();
  await page.waitForURL(/\/policies\/discounts\/hits/);
  await page.getByRole("link", { name: /Grant a discount/ }).click();
  await expect(main.getByText("discount-over-share").first()).toBeVisible();
});

test("a draft is discarded, a policy retired, and an older version returned to", async ({ signedIn, agent, db }) => {
  const rules = [
    {
      id: "none",
      match: { actions: ["shop.grant_discount"] },
      when: 'args.offer == "retired"',
      effect: "deny" as const,
    },
  ];
  const published = await publishPolicy(operator(db), { id: "returned", name: "Returned", rules });
  expect(published.ok).toBe(true);
  const run = await agent("seller");
  const offer = async (key: string) =>
    (await run.ask({ action: "shop.grant_discount", args: { offer: "retired", discount_percent: 1 } }, key)).effect;
  expect(await offer("before")).toBe("deny");

  const page = await signedIn("quin");
  await open(page, "/policies/returned");
  await page.getByRole("button", { name: "Edit" }).click();
  await page.waitForURL("/policies/returned/edit");
  await open(page, "/policies/returned");
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByText("The draft is discarded")).toBeVisible();
  await page.getByRole("button", { name: "More for Returned" }).click();
  await page.getByRole("menuitem", { name: "Retire" }).click();
  await page.getByLabel("Reason").fill("Spring sale.");
  await page.getByRole("dialog").getByRole("button", { name: "Retire" }).click();
  await expect(page.getByText("Retired", { exact: true })).toBeVisible();
  expect(await offer("retired")).toBe("allow");

  await open(page, "/policies/returned/versions");
  await page.getByRole("button", { name: "Return to version 1" }).click();
  await page.waitForURL("/policies/returned/publish");
  await page.getByLabel("What changes, and why").fill("The sale is over.");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText("In force: version 2")).toBeVisible();
  expect(await offer("again")).toBe("deny");
});

test("where publishing takes two, an author proposes and somebody else publishes", async ({ freshRemit, newcomer }) => {
  const pool = createPool(freshRemit.runtimeUrl, { applicationName: "remit e2e" });
  try {
    const db = createDb(pool);
    await organise(db);
    const changed = await changeSettings(operator(db), {
      sections: ["policies"],
      settings: { policies: { secondPerson: true } },
      reason: "Two pairs of eyes.",
    });
    expect(changed.ok).toBe(true);
  } finally {
    await pool.end();
  }
  const author = await newcomer();
  await signIn(author, PEOPLE.pia);
  await open(author, "/policies/~new?template=deletion");
  await author.getByLabel("Name").fill("Deletions");
  await author.getByRole("button", { name: "Create the draft" }).click();
  await author.waitForURL("/policies/deletions/edit");
  await open(author, "/policies/deletions/publish");
  await expect(author.getByRole("button", { name: "Publish" })).toBeHidden();
  await author.getByRole("button", { name: "Propose" }).click();
  await expect(author.getByText("You wrote in this draft: somebody else publishes it.")).toBeVisible();

  const second = await newcomer();
  await signIn(second, PEOPLE.quin);
  await open(second, "/policies/deletions");
  await expect(second.getByText("Pia Sand proposes a new version")).toBeVisible();
  await second.getByRole("link", { name: "Review and publish" }).click();
  await second.getByLabel("What changes, and why").fill("Deletions wait for a person.");
  await second.getByRole("button", { name: "Publish" }).click();
  await expect(second.getByText("In force: version 1")).toBeVisible();
  // The author's page has heard of it.
  await expect(author).toHaveURL(/\/policies\/deletions$/);
});
