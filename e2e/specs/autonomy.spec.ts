import { expect, open, test } from "@/e2e/specs/system/journey";

/** The worker takes decisions in every few seconds. */
const DIGESTED = { timeout: 30_000 };

test("classify: what nobody knows appears by itself, is classified in one step, and binds the next request", async ({
  signedIn,
  agent,
}) => {
  const keeper = await signedIn("olga");
  await open(keeper, "/catalogue/unclassified");
  const run = await agent("night-desk");
  const action = "desk.find_voucher";
  const first = await run.ask({ action, args: { code: "V-1", holder: "ann@example.com" } }, "1");
  expect(first).toMatchObject({ effect: "escalate", code: "unclassified" });

  // It appears without a reload.
  const row = keeper.getByRole("row", { name: /desk\.find_voucher/ });
  await expect(row).toBeVisible(DIGESTED);
  await expect(row).toContainText("Read");
  await expect(row).toContainText("Night desk");
  await row.getByRole("link", { name: action }).click();
  const main = keeper.getByRole("main");
  await expect(main.getByRole("heading", { level: 1, name: action })).toBeVisible();
  await expect(main.getByText("“find” only looks.")).toBeVisible();
  await expect(main.getByLabel("Title")).toHaveValue("Find voucher");
  await expect(main.getByLabel("Data classes")).toHaveValue("pii");

  // A schema that does not compile is refused at its field, and nothing else is lost.
  const schema = main.getByLabel("JSON Schema of the arguments");
  const suggested = await schema.inputValue();
  await schema.fill('{"type": "object", "properties": {"code": {"type": "strnig"}}}');
  await main.getByLabel("Title").fill("Find a voucher");
  await main.getByRole("button", { name: "Classify" }).click();
  await expect(schema).toBeFocused();
  await expect(schema).toHaveAttribute("aria-invalid", "true");
  await schema.fill(suggested);
  await main.getByRole("button", { name: "Classify" }).click();
  await expect(keeper).toHaveURL(/\/catalogue\/desk\.find_voucher$/);
  await expect(main.getByRole("heading", { level: 1, name: "Find a voucher" })).toBeVisible();

  expect(await run.ask({ action, args: { code: "V-2", holder: "kim" } }, "2")).toMatchObject({ effect: "allow" });
  expect(await run.ask({ action, args: { code: 5 } }, "3")).toMatchObject({ effect: "deny", code: "args_invalid" });
  await run.complete({ outcome: "succeeded" });

  await main.getByRole("button", { name: "Retire" }).click();
  await expect(main.getByText("Retired", { exact: true })).toBeVisible();
  await keeper.getByRole("button", { name: "Undo" }).click();
  await expect(main.getByText("Retired", { exact: true })).toHaveCount(0);
});

test("dismiss: what is nobody's business leaves the queue with a reason", async ({ signedIn, agent }) => {
  const run = await agent("night-desk");
  await run.ask({ action: "desk.frobnicate", args: {} }, "1");
  await run.complete({ outcome: "succeeded" });
  const keeper = await signedIn("olga");
  await open(keeper, "/catalogue/unclassified");
  const row = keeper.getByRole("row", { name: /desk\.frobnicate/ });
  await expect(row).toBeVisible(DIGESTED);
  await expect(row).toContainText("unsure");
  await row.getByRole("link", { name: "desk.frobnicate" }).click();
  await keeper.getByRole("button", { name: "Dismiss" }).click();
  const dialog = keeper.getByRole("dialog", { name: "Dismiss desk.frobnicate" });
  await dialog.getByLabel("Reason").fill("Nothing of ours.");
  await dialog.getByRole("button", { name: "Dismiss" }).click();
  await expect(keeper.getByText("Nothing of ours.")).toBeVisible();
  await expect(keeper.getByRole("button", { name: "Put desk.frobnicate back" })).toBeVisible();
  await open(keeper, "/catalogue/unclassified?state=dismissed");
  await expect(row).toBeVisible();
});

test("matrix: a cell changes by keyboard, says what loosens, takes a reason, and goes back", async ({ signedIn }) => {
  const admin = await signedIn("olga");
  await open(admin, "/settings/authority");
  const grid = admin.getByRole("grid", { name: "Tier by kind of action" });
  // One stop of Tab, then arrows: Recommend × Draft asks, as built in.
  await grid.getByRole("button", { name: /^Observe, Read: Allow/ }).focus();
  await admin.keyboard.press("ArrowDown");
  await admin.keyboard.press("ArrowRight");
  const cell = grid.getByRole("button", { name: /^Recommend, Draft:/ });
  await expect(cell).toBeFocused();
  await admin.keyboard.press("a");
  await expect(cell).toHaveAccessibleName("Recommend, Draft: Allow, built in: Ask, not saved");
  await expect(admin.getByText("No agent is concerned now")).toBeVisible();
  await admin.getByRole("button", { name: "Review and save" }).click();
  const dialog = admin.getByRole("dialog", { name: "Let agents do more" });
  await expect(dialog.getByText("recommend × draft: escalate → allow")).toBeVisible();
  await dialog.getByLabel("Reason").fill("Drafts are looked at anyway.");
  await dialog.getByRole("button", { name: "Loosen and save" }).click();
  await expect(cell).toHaveAccessibleName("Recommend, Draft: Allow, built in: Ask");

  await admin.getByRole("button", { name: "Reset the tiers" }).click();
  await admin.getByRole("button", { name: "Review and save" }).click();
  const tighten = admin.getByRole("dialog", { name: "Save these settings" });
  await tighten.getByLabel("Reason").fill("The trial is over.");
  await tighten.getByRole("button", { name: "Save" }).click();
  await expect(cell).toHaveAccessibleName("Recommend, Draft: Ask, as built in");

  const manager = await signedIn("mara");
  await open(manager, "/settings/authority");
  await expect(manager.getByText("An admin of the whole organisation changes them.")).toBeVisible();
  await manager.getByRole("button", { name: /^Recommend, Draft:/ }).focus();
  await manager.keyboard.press("a");
  await expect(manager.getByRole("button", { name: "Recommend, Draft: Ask, as built in" })).toBeFocused();
  await expect(manager.getByRole("button", { name: "Review and save" })).toHaveCount(0);
});

test("promote: asked for by one, decided by another above, taken back in one step", async ({ signedIn }) => {
  const manager = await signedIn("mara");
  await open(manager, "/agents/novice/autonomy");
  const mine = manager.getByRole("main");
  await mine.getByRole("button", { name: "Ask for Recommend" }).click();
  const asking = manager.getByRole("dialog", { name: "Ask for recommend for Novice" });
  await asking.getByLabel("Why").fill("It reads well.");
  await asking.getByRole("button", { name: "Ask" }).click();
  await expect(mine.getByText("You asked for it, so somebody else decides.")).toBeVisible();
  await expect(mine.getByRole("button", { name: "Approve" })).toHaveCount(0);

  const admin = await signedIn("olga");
  await open(admin, "/autonomy");
  const theirs = admin.getByRole("main");
  await expect(theirs.getByText("“It reads well.”")).toBeVisible();
  await expect(theirs.getByText(/criteria not met/)).toBeVisible();
  await theirs.getByRole("button", { name: "Approve" }).click();
  const approving = admin.getByRole("dialog", { name: "Trust Novice with recommend" });
  await approving.getByLabel("Comment").fill("Go on.");
  await approving.getByRole("button", { name: "Approve" }).click();
  await expect(theirs.getByRole("row", { name: /Novice.*Approved.*Olga Stern.*Go on\./ })).toBeVisible();

  // Its page follows by itself; trust goes back in one step.
  await expect(mine.getByRole("row", { name: /Promoted.*v2.*Olga Stern.*Go on\./ })).toBeVisible();
  await mine.getByRole("button", { name: "Demote" }).click();
  const demoting = manager.getByRole("dialog", { name: "Demote Novice" });
  await demoting.getByLabel("Reason").fill("It guessed.");
  await demoting.getByRole("button", { name: "Demote" }).click();
  await expect(mine.getByRole("row", { name: /Demoted.*v3.*Mara Silva.*It guessed\./ })).toBeVisible();
});

test("unused grants: taken back in one step, and given back in one", async ({ signedIn, db }) => {
  const ofNovice = { agent: { node: { slug: "novice" } } };
  const day = 86_400_000;
  await db.grant.updateMany({ where: ofNovice, data: { createdAt: new Date(Date.now() - 40 * day) } });
  const manager = await signedIn("mara");
  await open(manager, "/autonomy/grants");
  const row = manager.getByRole("row", { name: /Novice/ });
  await expect(row).toContainText("desk.read_order");
  await expect(row).toContainText("never");
  await row.getByRole("checkbox").click();
  await manager.getByRole("button", { name: "Take back 1" }).click();
  await expect(row).toHaveCount(0);
  await expect.poll(() => db.grant.count({ where: { ...ofNovice, revokedAt: null } })).toBe(0);
  await manager.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => db.grant.count({ where: { ...ofNovice, revokedAt: null } })).toBe(1);
  // It begins anew: what was just given is not unused.
  await expect(row).toHaveCount(0);
});
