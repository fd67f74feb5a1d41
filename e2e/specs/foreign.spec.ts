import type { Page } from "@playwright/test";

import { answers, expect, test } from "@/e2e/specs/system/journey";

/** What the browser gets at that address. */
async function statusOf(page: Page, path: string): Promise<number | undefined> {
  return (await page.goto(path))?.status();
}

test("I12: what belongs to another department is as if it did not exist", async ({ signedIn, agent, db }) => {
  const run = await agent("clerk");
  const asked = await run.ask({ action: "desk.refund", args: { order: "o-9", amount: 12 } }, "1");
  const support = await db.node.findUniqueOrThrow({ where: { slug: "support" }, select: { id: true } });
  const foreign = {
    run: `/runs/${run.run.runId}`,
    approval: `/approvals/${asked.approval?.id}`,
    decision: `/decisions/${asked.decisionId}`,
    agent: "/agents/clerk",
  };
  const manager = await signedIn("mara");
  for (const path of Object.values(foreign)) expect(await statusOf(manager, path), path).toBe(200);

  const stranger = await signedIn("sal");
  for (const path of Object.values(foreign)) {
    expect(await statusOf(stranger, path), path).toBe(404);
    await expect(stranger.getByRole("heading", { level: 1 })).toHaveText(/^No such/);
    await expect(stranger.getByText("Clerk")).toHaveCount(0);
  }
  // Answers for scripts are no wider than the pages.
  const data = [
    `${foreign.run}/timeline`,
    `${foreign.run}/entry?key=decision:${asked.decisionId}`,
    `/inbox/panel?item=approval:${asked.approval?.id}`,
    `/inbox/panel/readings?decision=${asked.decisionId}`,
  ];
  for (const path of data) {
    expect((await manager.request.get(path)).status(), path).toBe(200);
    expect((await stranger.request.get(path)).status(), path).toBe(404);
  }

  await stranger.goto("/agents");
  await expect(stranger.getByRole("link", { name: "Scout" }).first()).toBeVisible();
  await expect(stranger.getByText("Clerk")).toHaveCount(0);
  for (const path of ["/runs", "/inbox?view=all", "/chart", `/agents?node=${support.id}`]) {
    expect(await statusOf(stranger, path), path).toBe(200);
    await expect(stranger.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(stranger.getByText(/Clerk|Service desk|Night desk/), path).toHaveCount(0);
  }
  await answers(stranger);
  await stranger.keyboard.press("ControlOrMeta+k");
  await stranger.getByRole("combobox", { name: "Command palette" }).fill("clerk");
  await expect(stranger.getByText("Nothing found")).toBeVisible();
});

test("a page that one may not open at all is a 404, and so are ids that are none", async ({ signedIn }) => {
  const reviewer = await signedIn("bo");
  expect(await statusOf(reviewer, "/audit")).toBe(404);
  for (const path of ["/runs/nonsense", "/approvals/nonsense", "/agents/nobody", "/people/nonsense", "/nowhere"]) {
    expect(await statusOf(reviewer, path), path).toBe(404);
  }
  const manager = await signedIn("polly");
  for (const path of ["/catalogue/systems", "/autonomy/reports"]) {
    expect(await statusOf(manager, path), path).toBe(200);
  }
  for (const path of ["/catalogue/systems/nonsense", "/catalogue/no.such", "/autonomy/reports/nonsense"]) {
    expect(await statusOf(manager, path), path).toBe(404);
  }
});
