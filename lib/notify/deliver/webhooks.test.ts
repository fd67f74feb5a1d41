import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";

import { at, NOW } from "@/lib/approvals/test-store";
import { deliverDue } from "@/lib/notify/deliver/deliver";
import {
  database,
  acme,
  http,
  now,
  worker,
  courier,
  tick,
  webhook,
  tell,
  moveTo,
} from "@/lib/notify/deliver/deliver-testing";
import { replayDelivery } from "@/lib/notify/webhooks/replay-delivery";
import { claimDue } from "@/lib/notify/deliver/outbox";
import { planNotices } from "@/lib/notify/plan-notices";
import { PAUSE_AFTER } from "@/lib/notify/deliver/retry";
import { resumeWebhook, rotateWebhookSecret } from "@/lib/notify/webhooks/change";
import { listDeliveries, listWebhooks } from "@/lib/notify/webhooks/queries";

describe("webhooks", () => {
  it("carry a signed event; a retry has the same id; the log has every attempt", async () => {
    const { id, secret } = await webhook();
    await tell("a", []);
    http.answers.push(503);
    await tick(1);
    await tick(10);
    expect(http.got).toHaveLength(2);
    const [first, second] = http.got;
    expect(first?.headers["webhook-id"]).toBe(second?.headers["webhook-id"]);
    // The library's own clock is years away from the test's: the signature is verified without it.
    const seconds = Number(second?.headers["webhook-timestamp"]);
    const messageId = String(second?.headers["webhook-id"]);
    const signed = new Webhook(secret).sign(messageId, new Date(seconds * 1_000), second?.body ?? "");
    expect(second?.headers["webhook-signature"]).toBe(signed);
    expect(JSON.parse(second?.body ?? "")).toMatchObject({
      type: "incident.opened",
      timestamp: NOW.toISOString(),
      data: {
        subject: "Desk: five errors in a row",
        url: "https://remit.acme.example/incidents/1",
        agent: "Agent desk",
      },
    });
    expect(second?.body).not.toContain("Jane Roe");
    const log = await listDeliveries(await acme.viewer(acme.ids.ada), id, { states: [], page: 1, pageSize: 50 });
    expect(log.rows[0]).toMatchObject({ state: "sent", attempts: 2, statusCode: 200, error: null });
    expect(log.rows[0]?.tries).toMatchObject([
      { number: 2, statusCode: 200, error: null },
      { number: 1, statusCode: 503, error: "answered 503" },
    ]);
  });

  it("after a rotation both secrets sign, for a day", async () => {
    const { id, secret } = await webhook();
    const rotated = await rotateWebhookSecret(
      { ...(await acme.viewer(acme.ids.ada)), clock: { now: () => now } },
      { id },
    );
    const next = rotated.ok ? rotated.value.secret : "";
    await tell("a", []);
    await tick(1);
    const sign = (one: string) =>
      new Webhook(one).sign(
        String(http.got.at(-1)?.headers["webhook-id"]),
        at(http.got.length === 1 ? 1 : 86_401),
        http.got.at(-1)?.body ?? "",
      );
    expect(http.got[0]?.headers["webhook-signature"]).toBe(`${sign(next)} ${sign(secret)}`);
    moveTo(at(86_401));
    await tell("b", []);
    await tick(86_401);
    expect(http.got[1]?.headers["webhook-signature"]).toBe(sign(next));
  });

  it("hear what they listen to, in their subtree only", async () => {
    await webhook({ events: ["appeal.opened"] });
    await webhook({ nodeId: acme.ids.finance });
    await webhook({ nodeId: acme.ids.support, kind: "chat" });
    await tell("a", []);
    await tell("b", [], { nodeId: null });
    await tick(1);
    expect(http.got.map((one) => one.path)).toEqual(["/chat"]);
  });

  it("a crash between sending and marking sends again under the same id, and no other worker sends meanwhile", async () => {
    await webhook();
    await tell("a", []);
    await planNotices(worker(), { mail: true });
    const [claimed] = await claimDue(database.db, now);
    expect(claimed?.attempt).toBe(1);
    // The worker that held it is dead. Others leave it alone until the claim has run out.
    await tick(60);
    expect(http.got).toHaveLength(0);
    await tick(181);
    expect(http.got.map((one) => one.headers["webhook-id"])).toEqual([`msg_${claimed?.id}`]);
    await tick(400);
    expect(http.got).toHaveLength(1);
  });

  it("a worker that stops gives back what it has not tried", async () => {
    await webhook();
    await tell("a", []);
    await planNotices(worker(), { mail: true });
    const stopping = AbortSignal.abort();
    expect(await deliverDue(worker(), { ...courier(), stopping })).toBe(1);
    expect(http.got).toHaveLength(0);
    expect(await database.db.notificationDelivery.findFirst()).toMatchObject({
      state: "waiting",
      attempts: 0,
      nextAt: now,
    });
    await tick(1);
    expect(http.got).toHaveLength(1);
  });

  it("pauses after repeated failure, says why, and sends what waited when it is resumed", async () => {
    const { id } = await webhook();
    await database.db.webhook.update({ where: { id }, data: { failures: PAUSE_AFTER - 1 } });
    const ada = { ...(await acme.viewer(acme.ids.ada)), clock: { now: () => now } };
    await tell("a", []);
    http.answers.push(500);
    await tick(1);
    expect(await listWebhooks(ada)).toMatchObject([
      { paused: true, pausedReason: "It answered 500, 20 times in a row." },
    ]);
    await tick(3_600);
    expect(http.got).toHaveLength(1);
    expect(await resumeWebhook(ada, { id })).toMatchObject({ ok: true });
    await tick(3_601);
    expect(http.got).toHaveLength(2);
    const log = await listDeliveries(ada, id, { states: ["sent"], page: 1, pageSize: 50 });
    const deliveryId = log.rows[0]?.id ?? "";
    expect(await replayDelivery(ada, { deliveryId })).toMatchObject({ ok: true });
    await tick(3_602);
    expect(http.got[2]?.headers["webhook-id"]).toBe(http.got[1]?.headers["webhook-id"]);
  });

  it("410 pauses at once; a redirect is not followed", async () => {
    await webhook();
    await tell("a", []);
    http.answers.push(302);
    await tick(1);
    expect(await database.db.notificationDelivery.findFirst()).toMatchObject({
      state: "waiting",
      error: "answered 302: redirects are not followed",
    });
    http.answers.push(410);
    await tick(10);
    expect(await database.db.notificationDelivery.findFirst()).toMatchObject({ state: "dead" });
    expect(await database.db.webhook.findFirst()).toMatchObject({ pausedReason: "The receiver wants no more (410)." });
  });

  it("a person's own chat gets what they chose for it, as blocks in which nothing has a meaning of its own", async () => {
    await webhook({ kind: "chat", personId: acme.ids.rob });
    await tell("a", [acme.ids.rob], { urgent: true, subject: "<!channel> & <https://evil.example|click>" });
    await tick(1);
    const body: unknown = JSON.parse(http.got[0]?.body ?? "");
    expect(JSON.stringify(body)).toContain("&lt;!channel&gt; &amp; &lt;https://evil.example¦click&gt;");
    expect(body).toMatchObject({ text: expect.stringContaining("*Urgent*"), blocks: [{ type: "section" }] });
  });

  it("a flood: a channel of people gets a few messages, a program every event", async () => {
    await webhook({ kind: "chat" });
    await webhook();
    for (let n = 0; n < 12; n += 1) await tell(`flood ${n}`, []);
    await tick(1);
    const got = (path: string) => http.got.filter((one) => one.path === path);
    expect([got("/chat").length, got("/signed").length]).toEqual([5, 12]);
    await tick(600);
    expect([got("/chat").length, got("/signed").length]).toEqual([6, 12]);
    expect(got("/chat")[5]?.body).toContain("*7 incidents*");
  });
});
