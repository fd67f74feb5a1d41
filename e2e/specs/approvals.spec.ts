import { expect, open, patience, test } from "@/e2e/specs/system/journey";

test("approve: the waiting agent is told, redeems it once, and the run's timeline says who allowed what", async ({
  signedIn,
  agent,
}) => {
  const run = await agent("desk", { onBehalfOf: { subject: "customer 4711" }, instruction: "Order o-77 came broken." });
  const read = await run.ask({ action: "desk.read_order", args: { order: "o-77" } }, "read");
  expect(read.effect).toBe("allow");
  await run.events([
    {
      id: "read-1",
      kind: "tool",
      at: new Date().toISOString(),
      name: "desk.read_order",
      decisionId: read.decisionId,
      ok: true,
      result: { state: "delivered" },
    },
  ]);

  const reviewer = await signedIn("bo");
  await open(reviewer, "/inbox");
  await expect(reviewer.getByText("Nothing waits for you")).toBeVisible();

  const args = { order: "o-77", amount: 250 };
  const asked = await run.ask(
    {
      action: "desk.refund",
      args,
      evidence: {
        reason: "The parcel arrived broken.",
        confidence: 0.82,
        sources: [{ title: "Photo of the parcel", url: "https://example.com/photo" }],
        alternatives: ["Send a new one"],
      },
    },
    "refund",
  );
  expect(asked).toMatchObject({ effect: "escalate", message: "A person decides large refunds." });
  const approvalId = asked.approval?.id ?? "";
  const told = run.waitForApproval(approvalId, patience());

  // It appears without a reload.
  await reviewer.getByRole("option", { name: /Refund an order o-77, low risk/ }).click();
  await expect(reviewer).toHaveURL(new RegExp(`item=approval(:|%3A)${approvalId}`));
  const main = reviewer.getByRole("main");
  await expect(main.getByRole("heading", { level: 2, name: /Refund an order/ })).toBeVisible();
  await expect(main.getByText("A person decides large refunds.").first()).toBeVisible();
  await expect(main.getByText("The parcel arrived broken.").first()).toBeVisible();
  await expect(main.getByText("Photo of the parcel")).toBeVisible();
  await expect(main.getByText("Send a new one")).toBeVisible();
  await expect(main.getByText("customer 4711").first()).toBeVisible();
  await expect(main.getByText("Read an order").first()).toBeVisible();
  await expect(main.getByText("250", { exact: true }).first()).toBeVisible();
  await main.getByRole("button", { name: "Approve", exact: false }).first().click();
  await expect(reviewer.getByText("Nothing waits for you")).toBeVisible();

  expect(await told).toMatchObject({ state: "approved" });
  const redeemed = await run.ask({ action: "desk.refund", args, approvalId }, "redeem");
  expect(redeemed).toMatchObject({ effect: "allow" });
  // I2: once, and for exactly these arguments.
  expect(await run.ask({ action: "desk.refund", args, approvalId }, "again")).not.toMatchObject({ effect: "allow" });
  await run.complete({ outcome: "succeeded", output: "Refunded." });

  await open(reviewer, `/runs/${run.run.runId}`);
  await expect(main.getByText("Succeeded").first()).toBeVisible();
  const entries = main.getByRole("list", { name: "Entries" }).getByRole("listitem");
  await expect(entries).toContainText([
    /Read an order/,
    /desk\.read_order/,
    /Refund an order.*A person decides large refunds\./,
    /Bo Lind approved: Refund an order/,
    /Refund an order, as approved/,
    /Refund an order/,
  ]);
  await entries.filter({ hasText: "as approved" }).getByRole("button").click();
  await expect(main.getByText("Bo Lind").first()).toBeVisible();
});

test("reject: the agent gets the reason, and its next request waits in its place", async ({ signedIn, agent }) => {
  const run = await agent("desk");
  const first = await run.ask({ action: "desk.refund", args: { order: "o-1", amount: 900 } }, "1");
  await run.ask({ action: "desk.refund", args: { order: "o-2", amount: 901 } }, "2");
  const told = run.waitForApproval(first.approval?.id ?? "", patience());

  const reviewer = await signedIn("bo");
  await open(reviewer, `/approvals/${first.approval?.id}`);
  await reviewer.getByRole("button", { name: "Reject" }).click();
  const dialog = reviewer.getByRole("dialog", { name: /Reject: Refund an order/ });
  await dialog.getByRole("button", { name: "Reject" }).click();
  // Without a reason nothing happens.
  await expect(dialog.getByLabel("Reason", { exact: true })).toBeFocused();
  await dialog.getByLabel("Reason", { exact: true }).fill("This customer was refunded last week.");
  await dialog.getByRole("button", { name: "Reject" }).click();

  expect(await told).toMatchObject({ state: "rejected", comment: "This customer was refunded last week." });
  await expect(reviewer).toHaveURL(/\/inbox/);
  await expect(reviewer.getByRole("option", { name: /Refund an order o-2/ })).toBeVisible();
  const refused = await run.ask(
    { action: "desk.refund", args: { order: "o-1", amount: 900 }, approvalId: first.approval?.id },
    "3",
  );
  expect(refused.effect).toBe("deny");

  await open(reviewer, `/approvals/${first.approval?.id}`);
  await expect(reviewer.getByText(/Rejected by you/)).toBeVisible();
  await expect(reviewer.getByText("“This customer was refunded last week.”")).toBeVisible();
  await expect(reviewer.getByRole("button", { name: "Approve" })).toHaveCount(0);
  await run.complete({ outcome: "failed", error: { message: "The refund was refused." } });
});

test("a request of somebody else is shown, not offered for decision", async ({ signedIn, agent }) => {
  const run = await agent("desk");
  const asked = await run.ask({ action: "desk.refund", args: { order: "o-3", amount: 500 } }, "1");
  const other = await signedIn("kim");
  await open(other, `/approvals/${asked.approval?.id}`);
  await expect(other.getByText("This does not wait for you")).toBeVisible();
  await expect(other.getByText("It waits for Bo Lind.")).toBeVisible();
  await expect(other.getByRole("button", { name: "Approve" })).toHaveCount(0);
  // Its run ends: the request is cancelled in front of the reader.
  await run.complete({ outcome: "succeeded" });
  await expect(other.getByText("The run ended.", { exact: true })).toBeVisible();
});
