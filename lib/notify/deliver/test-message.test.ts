import { describe, expect, it } from "vitest";

import {
  acme,
  courier,
  database,
  http,
  moveTo,
  now,
  smtp,
  tick,
  webhook,
  worker,
} from "@/lib/notify/deliver/deliver-testing";
import { deliverDue } from "@/lib/notify/deliver/deliver";
import { sendTest } from "@/lib/notify/deliver/test-message";
import { ownTests, webhookTest } from "@/lib/notify/deliver/test-queries";
import { listNotifications } from "@/lib/notify/queries";
import { listDeliveries } from "@/lib/notify/webhooks/queries";
import { at } from "@/lib/approvals/test-store";

const as = async (name: "ada" | "rob" | "fay") => ({
  ...(await acme.viewer(acme.ids[name])),
  clock: { now: () => now },
});
const refused = (code: string) => ({ ok: false, error: { code } });

describe("a test message", () => {
  it("reaches a signed webhook as an event of its own, stands in its log, and tells nobody else", async () => {
    const { id } = await webhook();
    const ada = await as("ada");
    expect(await webhookTest(ada, id)).toBeNull();
    expect(await sendTest(ada, { target: { kind: "webhook", id } })).toMatchObject({ ok: true });
    expect(await webhookTest(ada, id)).toMatchObject({ state: "waiting", attempts: 0, error: null });
    await tick(1);
    expect(http.got).toHaveLength(1);
    expect(JSON.parse(http.got[0]?.body ?? "")).toMatchObject({ type: "test" });
    expect(await webhookTest(ada, id)).toMatchObject({ state: "sent", statusCode: 200 });
    const log = await listDeliveries(ada, id, { states: [], page: 1, pageSize: 50 });
    expect(log.rows).toMatchObject([{ kind: "test", state: "sent" }]);
    expect(await listNotifications(ada, { unread: false, page: 1 })).toMatchObject({ total: 0 });
    expect(smtp.got).toHaveLength(0);
  });

  it("says what went wrong, as it does for every delivery", async () => {
    const { id } = await webhook({ kind: "chat", personId: acme.ids.rob });
    const rob = await as("rob");
    http.answers.push(404);
    expect((await sendTest(rob, { target: { kind: "chat", id } })).ok).toBe(true);
    await tick(1);
    expect((await ownTests(rob))[id]).toMatchObject({
      state: "waiting",
      attempts: 1,
      statusCode: 404,
      error: "answered 404",
    });
    await tick(10);
    expect((await ownTests(rob))[id]).toMatchObject({ state: "sent" });
    expect(http.got.at(-1)?.body).toContain("A test message.");
  });

  it("is for who may: one's own chat and e-mail, webhooks for who manages them", async () => {
    const rob = await as("rob");
    const { id } = await webhook();
    const { id: own } = await webhook({ kind: "chat", personId: acme.ids.rob });
    expect(await sendTest(rob, { target: { kind: "webhook", id } })).toMatchObject(refused("forbidden"));
    expect(await sendTest(await as("fay"), { target: { kind: "chat", id: own } })).toMatchObject(refused("not_found"));
    expect(await sendTest(await as("ada"), { target: { kind: "webhook", id: own } })).toMatchObject(
      refused("not_found"),
    );
    expect(await webhookTest(rob, id)).toBeNull();
    await database.db.webhook.update({ where: { id }, data: { pausedAt: now } });
    expect(await sendTest(await as("ada"), { target: { kind: "webhook", id } })).toMatchObject(refused("conflict"));
    // This process has no mail server set up.
    expect(await sendTest(rob, { target: { kind: "email" } })).toMatchObject(refused("conflict"));
  });

  it("comes five times a minute at most", async () => {
    const { id } = await webhook();
    moveTo(at(1));
    const ada = await as("ada");
    for (let n = 0; n < 5; n += 1) expect((await sendTest(ada, { target: { kind: "webhook", id } })).ok).toBe(true);
    expect(await sendTest(ada, { target: { kind: "webhook", id } })).toMatchObject(refused("conflict"));
    moveTo(at(62));
    expect((await sendTest(await as("ada"), { target: { kind: "webhook", id } })).ok).toBe(true);
    await deliverDue(worker(), courier());
    expect(http.got).toHaveLength(6);
  });
});
