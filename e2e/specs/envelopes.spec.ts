import { expect, open, test } from "@/e2e/specs/system/journey";

test("an envelope is given from above, held to the cent, explained, and widened", async ({ signedIn, agent }) => {
  const cleo = await signedIn("cleo");
  await open(cleo, "/agents/payer");
  const main = cleo.getByRole("main");
  await expect(main.getByText("Treasury this month")).toBeVisible();

  // By keyboard; what is wrong is said at its field, and nothing else is lost.
  await cleo.keyboard.press("e");
  const dialog = cleo.getByRole("dialog", { name: "Envelope of Payer" });
  const day = dialog.getByRole("group", { name: "Day", exact: true });
  await day.getByLabel("US dollars").fill("0");
  await day.getByLabel("Calls").fill("40");
  await dialog.getByRole("button", { name: "Set the envelope" }).click();
  await expect(day.getByLabel("US dollars")).toHaveAttribute("aria-invalid", "true");
  await day.getByLabel("US dollars").fill("1");
  await dialog.getByRole("button", { name: "Set the envelope" }).click();
  await expect(dialog).toBeHidden();
  await expect(main.getByText("$0.00 of $1.00")).toBeVisible();

  const run = await agent("payer");
  const pay = (costUsd: number, key: string) =>
    run.ask({ action: "desk.read_order", args: { order: "o-1" }, estimate: { costUsd } }, key);
  expect(await pay(0.9, "1")).toMatchObject({ effect: "allow", windDown: true, remaining: { usd: 0.1, calls: 39 } });
  await expect(main.getByText("$0.90 of $1.00")).toBeVisible();
  await expect(main.getByText("$0.90 held").first()).toBeVisible();
  const refused = await pay(0.5, "2");
  expect(refused).toMatchObject({ effect: "deny", code: "budget_exceeded", remaining: { usd: 0.1 } });

  await open(cleo, `/decisions/${refused.decisionId}`);
  await expect(main.getByText("Payer has $0.10 of $1.00 left this day; this asks for $0.50.").first()).toBeVisible();
  await expect(main.getByText("An estimate of at most $0.10")).toBeVisible();
  await expect(main.getByText("Envelopes of at least: Payer with $1.40 a day")).toBeVisible();
  await expect(main.getByRole("meter", { name: /^Payer on that day/ })).toBeVisible();

  // Their own team's envelope is not theirs to widen; its agents' are.
  await open(cleo, "/chart?focus=treasury&view=list");
  await cleo.getByRole("button", { name: /^Envelope of Treasury/ }).click();
  const own = cleo.getByRole("dialog", { name: "Envelope of Treasury" });
  await expect(own.getByText("It is set by a manager of the node above.")).toBeVisible();
  await expect(own.getByRole("button", { name: "Set the envelope" })).toHaveCount(0);
  await own.getByRole("button", { name: "Close" }).last().click();
  await cleo.getByRole("button", { name: "Envelope of Payer: $0.90 of $1.00 used this day" }).click();
  await day.getByLabel("US dollars").fill("1.40");
  await dialog.getByRole("button", { name: "Set the envelope" }).click();
  await expect(dialog).toBeHidden();
  expect(await pay(0.5, "3")).toMatchObject({ effect: "allow", remaining: { usd: 0 } });

  await run.complete({ outcome: "succeeded" });
  await open(cleo, "/agents/payer");
  // Nothing was reported of what was paid: it counts as spent.
  await expect(main.getByText("$1.40 of $1.40")).toBeVisible();
});
