import { expect, open, test } from "@/e2e/specs/system/journey";
import { operator } from "@/e2e/specs/system/organise";
import { approveApproval } from "@/lib/approvals/approve";
import { loadViewer } from "@/lib/auth/load-viewer";
import type { Db } from "@/lib/db/client";
import { publishPolicy } from "@/lib/policies/publish";

/** Approves as that person does in the console: by the same command. */
async function approve(db: Db, email: string, approvalId: string): Promise<void> {
  const { id, sessionEpoch } = await db.person.findUniqueOrThrow({ where: { email } });
  const viewer = await loadViewer(operator(db), { personId: id, sessionEpoch });
  if (!viewer) throw new Error(`${email} is nobody`);
  const done = await approveApproval(viewer, { approvalId, seen: { openedAt: new Date().toISOString() } });
  if (!done.ok) throw new Error(done.error.message);
}

test("measures: what people decided, the approvals behind each number, and a rule that asks too much", async ({
  signedIn,
  agent,
  db,
}) => {
  const rule = { id: "probe", match: { actions: ["lab.take_probe"] }, effect: "escalate" as const };
  const published = await publishPolicy(operator(db), { id: "lab-rules", name: "Lab rules", rules: [rule] });
  expect(published).toMatchObject({ ok: true });

  const page = await signedIn("polly");
  const main = page.getByRole("main");
  await open(page, "/inbox");
  await main.getByRole("link", { name: "Measures" }).click();
  await expect(main.getByRole("heading", { level: 1, name: "Measures" })).toBeVisible();

  const run = await agent("prober");
  for (let n = 0; n < 32; n += 1) {
    const asked = await run.ask({ action: "lab.take_probe", args: { probe: `p-${n}` } }, `probe-${n}`);
    expect(asked.effect).toBe("escalate");
    await approve(db, n % 4 === 0 ? "gus@example.com" : "meg@example.com", asked.approval?.id ?? "");
  }

  // The worker measures it, and the page shows it without a reload.
  const suggestion = main.getByRole("listitem").filter({ hasText: "lab-rules/probe" });
  await expect(suggestion).toContainText("2 people approved 32 of 32 requests");
  const row = (name: string) => main.getByRole("row").filter({ hasText: name });
  await expect(row("Meg Oduya")).toContainText("24");
  await expect(row("Gus Falk")).toContainText("100%");
  await row("Gus Falk").getByRole("link", { name: "8", exact: true }).click();
  await page.waitForURL(/\/inbox\/measures\/approvals\?/);
  const table = main.getByRole("table", { name: "Measured approvals" });
  await expect(table.getByRole("row").filter({ hasText: "Take a probe" })).toHaveCount(8);
  await table
    .getByRole("link", { name: /Take a probe/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/approvals\/[0-9a-f-]{36}/);

  await open(page, "/inbox/measures?by=rule");
  await expect(row("lab-rules").filter({ hasText: "32" })).toBeVisible();
  await main.getByRole("button", { name: "Show Approvals as a table" }).click();
  await expect(main.getByRole("table", { name: "Approvals", exact: true })).toBeVisible();
  await main.getByRole("button", { name: "Agent" }).click();
  await page.getByRole("option", { name: /Prober/ }).click();
  await expect(page).toHaveURL(/agent=/);
  await page.keyboard.press("Escape");

  await suggestion.getByRole("button", { name: "Dismiss" }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("The law wants a person here.");
  await page.getByRole("dialog").getByRole("button", { name: "Put aside" }).click();
  await main.getByText(/suggestions? put aside/).click();
  await expect(main.getByText(/The law wants a person here/)).toBeVisible();
  await main.getByRole("button", { name: "Bring back" }).click();
  await suggestion.getByRole("button", { name: "Begin a draft" }).click();
  await page.waitForURL("/policies/lab-rules/edit?rule=probe");
  const draft = await db.policyDraft.findUniqueOrThrow({ where: { policyId: "lab-rules" } });
  expect(draft.rules).toMatchObject([{ id: "probe", effect: "review" }]);
  await expect(main.getByText("It is done, and a person looks at it afterwards.")).toBeVisible();
});

test("who only reviews has no sight of how others decide", async ({ signedIn }) => {
  const page = await signedIn("bo");
  await open(page, "/inbox");
  await expect(page.getByRole("main").getByRole("link", { name: "Measures" })).toHaveCount(0);
  const answer = await page.goto("/inbox/measures");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is nothing here");
});
