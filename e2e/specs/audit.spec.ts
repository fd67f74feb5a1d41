import { readFileSync } from "node:fs";

import { expect, open, patience, test } from "@/e2e/specs/system/journey";
import { verifyExport } from "@/lib/audit/exports/verify-export";

test("an auditor finds who authorised what, and verifies the chain on the page", async ({ signedIn, agent }) => {
  const run = await agent("clerk");
  const asked = await run.ask({ action: "desk.refund", args: { order: "o-5", amount: 15 } }, "1");
  const approvalId = asked.approval?.id ?? "";
  const told = run.waitForApproval(approvalId, patience());
  const manager = await signedIn("mara");
  await open(manager, `/approvals/${approvalId}`);
  await manager.getByRole("button", { name: "Approve" }).click();
  expect(await told).toMatchObject({ state: "approved" });
  await run.complete({ outcome: "succeeded" });

  const page = await signedIn("ada");
  await open(page, "/audit");
  await page.getByRole("searchbox", { name: "Search records" }).fill(approvalId);
  const records = page.getByRole("table", { name: "Audit records" });
  // The heads, the decision that asked, and what became of it.
  await expect(records.getByRole("row")).toHaveCount(3);
  const rows = records.getByRole("row").filter({ hasText: "approval." });
  await expect(rows).toContainText("approval.approve");
  await expect(rows).toContainText("Mara Silva");
  await rows.getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("approval.approve");
  await expect(page.getByRole("heading", { name: "Its place in the chain" })).toBeVisible();

  await open(page, "/audit");
  const integrity = page.getByRole("region", { name: "Integrity of the record" });
  await integrity.getByRole("button", { name: /^Verify/ }).click();
  await expect(integrity.getByText(/^Whole\. .* every hash, link, column and head[^.]*\.$/)).toBeVisible();

  await open(page, `/runs/${run.run.runId}`);
  await page.getByRole("button", { name: "Export" }).click();
  const saved = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: /JSON Lines/ }).click();
  const found = await verifyExport(readFileSync(await (await saved).path(), "utf8").split("\n"));
  // The decision that asked, and its approval.
  expect(found).toMatchObject({ head: { filters: { run: run.run.runId } }, vouched: 2, complete: true, faults: [] });
});

test("an auditor takes the record along, and it can be recomputed without Remit", async ({ signedIn, db }) => {
  const page = await signedIn("ada");
  await open(page, "/audit?what=manifest");
  await expect(page.getByRole("link", { name: /^manifest\.apply/ })).toBeVisible();
  await page.getByRole("button", { name: "Export" }).click();
  const saved = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: /JSON Lines/ }).click();
  const file = await (await saved).path();
  const found = await verifyExport(readFileSync(file, "utf8").split("\n"));
  expect(found).toMatchObject({ head: { filters: { what: "manifest" } }, complete: true, faults: [] });
  expect(found.records).toBeGreaterThan(0);
  expect(await db.auditRecord.count({ where: { action: "audit.export" } })).toBeGreaterThan(0);
});

test("whoever opens a row while the search still rests gets there", async ({ signedIn }) => {
  const page = await signedIn("ada");
  await open(page, "/audit?what=manifest");
  const record = page.getByRole("link", { name: /^manifest\.apply/ });
  await expect(record).toBeVisible();
  const search = page.getByRole("searchbox", { name: "Search records" });
  // In one breath: the search waits 250 ms for more letters.
  await search.fill("manifest");
  await record.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("manifest.apply");
  await expect(page).toHaveURL(/\/audit\/configuration\/\d+$/);
});
