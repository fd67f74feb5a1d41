import type { Page } from "@playwright/test";
import { Webhook } from "standardwebhooks";

import { expect, open, test } from "@/e2e/specs/system/journey";
import { startReceiver } from "@/e2e/specs/system/receiver";
import { sharedSystem } from "@/e2e/specs/system/shared";
import { RemitClient, type RunClient } from "@/lib/client/client";
import { newId } from "@/lib/kernel/ids";

const software = () => {
  const { gate, credentials } = sharedSystem();
  return new RemitClient(credentials.loader ?? "", { baseUrl: gate, retryForMs: 30_000 });
};

/** Does it, as it is allowed to, and reports the result. */
async function done(run: RunClient, action: string, crate: string): Promise<void> {
  const { effect, code, decisionId } = await run.ask({ action, args: { crate } }, `${action}-${crate}`);
  expect([effect, code]).toEqual(["allow", "allowed_with_review"]);
  const result = { id: `loading-${crate}` };
  await run.events([
    { kind: "tool", id: newId(), at: new Date().toISOString(), name: action, decisionId, ok: true, result },
  ]);
}

const option = (page: Page, name: RegExp) => page.getByRole("option", { name });
const panel = (page: Page) => page.getByRole("region", { name: /^Review:/ });

async function rollBack(page: Page, reason: string): Promise<void> {
  await panel(page)
    .getByRole("button", { name: /^Roll back/ })
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: "Roll back" }).click();
  await expect(dialog).toHaveCount(0);
}

test("what was done appears in the inbox, is accepted by key, taken back, and accepted", async ({
  signedIn,
  agent,
  db,
}) => {
  const page = await signedIn("rita");
  await open(page, "/inbox");
  const run = await agent("loader");
  await done(run, "labels.stick", "c-1");
  await option(page, /Stick a label c-1/).click();
  await expect(panel(page).getByRole("heading", { level: 2, name: /Stick a label c-1/ })).toBeVisible();
  await expect(panel(page).getByText("If nobody looks by then, it stands.")).toBeVisible();
  await page.keyboard.press("a");
  await expect(option(page, /c-1/)).toHaveCount(0);
  await page.keyboard.press("u");
  await expect(option(page, /c-1/)).toBeVisible();
  await option(page, /c-1/).click();
  await panel(page)
    .getByRole("button", { name: /^Accept/ })
    .click();
  await expect(option(page, /c-1/)).toHaveCount(0);
  const review = await db.review.findFirstOrThrow({ where: { runId: run.run.runId } });
  // The line leaves before the server has answered.
  const recorded = async (): Promise<string[]> => {
    const records = await db.auditRecord.findMany({ where: { subjectId: review.id }, orderBy: { seq: "asc" } });
    return records.map((one) => one.action);
  };
  await expect.poll(recorded).toEqual(["review.open", "review.accept", "review.undo", "review.accept"]);
});

test("what the agent's software undoes: shown before, fetched, done, and told in the run", async ({
  signedIn,
  agent,
  db,
}) => {
  const page = await signedIn("rita");
  const run = await agent("loader");
  await done(run, "labels.stick", "c-2");
  await open(page, "/inbox");
  await option(page, /c-2/).click();
  await expect(panel(page).getByText("The software of Loader fetches it as a task")).toBeVisible();
  await rollBack(page, "The wrong crate.");
  await expect(option(page, /c-2/)).toHaveCount(0);
  const client = software();
  const [task] = await client.tasks({ waitSeconds: 30 });
  expect(task).toMatchObject({ action: "labels.peel", args: { crate: "c-2" }, reason: "The wrong crate.", attempt: 1 });

  const { id } = await db.review.findFirstOrThrow({ where: { runId: run.run.runId } });
  await open(page, `/reviews/${id}`);
  await expect(page.getByText("The agent’s software fetched it")).toBeVisible();
  await client.reportTask(task?.id ?? "", { outcome: "done", attempt: 1, detail: "It came off clean." });
  await expect(panel(page).getByText("Rolled back", { exact: true }).first()).toBeVisible();
  await expect(panel(page).getByText("It came off clean.")).toBeVisible();
  await open(page, `/runs/${run.run.runId}`);
  await expect(
    page.getByRole("link", { name: /^Rolled back Rita Moss had it rolled back: Stick a label/ }),
  ).toBeVisible();
  await open(page, "/reviews?state=rolled_back");
  await expect(page.getByRole("link", { name: /Stick a label/ })).toBeVisible();
});

test("what a system undoes: its receiver is called, signed, and reports later; a failure opens an incident", async ({
  signedIn,
  agent,
}) => {
  const receiver = await startReceiver(sharedSystem().receiverPort);
  const admin = await signedIn("olga");
  await open(admin, "/catalogue/systems/depot");
  await admin.getByRole("button", { name: "Set up a receiver" }).click();
  await admin.getByRole("dialog").getByLabel("Address").fill(receiver.url);
  await admin.getByRole("dialog").getByRole("button", { name: "Set it up" }).click();
  const secret =
    (await admin
      .getByRole("dialog")
      .getByText(/^whsec_/)
      .textContent()) ?? "";
  await admin.getByRole("button", { name: "I have copied it" }).click();
  await expect(admin.getByText("Remit calls the system’s receiver")).toBeVisible();
  await open(admin, "/catalogue/depot.load");
  await expect(admin.getByText("whose receiver is called")).toBeVisible();
  await expect(admin.getByText("$.result.id")).toBeVisible();

  const page = await signedIn("rita");
  const run = await agent("loader");
  for (const [crate, outcome] of [
    ["c-3", "done"],
    ["c-4", "failed"],
  ] as const) {
    await done(run, "depot.load", crate);
    await open(page, "/inbox");
    await option(page, new RegExp(crate)).click();
    await expect(panel(page).getByText("Remit calls the receiver of Depot, signed.").first()).toBeVisible();
    await rollBack(page, "Not yet.");
    await open(page, "/reviews?q=crate");
    await page.getByRole("link", { name: new RegExp(`Load a crate.*${crate}`) }).click();
    await expect(page.getByText("It waits for the system’s report.")).toBeVisible();
    const call = receiver.calls.at(-1);
    const headers = Object.fromEntries(
      Object.entries(call?.headers ?? {}).map(([name, value]) => [name, String(value)]),
    );
    const event = new Webhook(secret).verify(call?.body ?? "", headers) as {
      data: { args: object; report: { url: string; token: string } };
    };
    expect(event).toMatchObject({ type: "rollback.requested", data: { args: { loading: `loading-${crate}` } } });
    const { url, token } = event.data.report;
    const told = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({
        outcome,
        attempt: 1,
        detail: `The crane ${outcome === "done" ? "lifted it" : "is broken"}.`,
      }),
    });
    expect(told.status).toBe(200);
    await expect(
      panel(page).getByText(outcome === "done" ? /The crane lifted it/ : /The crane is broken/),
    ).toBeVisible();
  }
  await expect(panel(page).getByText("It could not be rolled back, and stands")).toBeVisible();
  await panel(page).getByRole("link", { name: "Incident" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Could not be undone: Load a crate" })).toBeVisible();
  await receiver.close();
});
