import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { approveApproval } from "@/lib/approvals/approve";
import { advanceRoutes } from "@/lib/approvals/advance";
import { at, NOW, seedAcme } from "@/lib/approvals/test-store";
import { change, type CommandContext } from "@/lib/audit/change";
import { recordDecisions } from "@/lib/catalogue/digest-testing";
import { openIncident } from "@/lib/incidents/open";
import { newId } from "@/lib/kernel/ids";
import { ok } from "@/lib/kernel/result";
import { saveChoices } from "@/lib/notify/choices-save";
import { deliverDue, type Courier } from "@/lib/notify/deliver";
import { replayDelivery } from "@/lib/notify/delivery-replay";
import { createMailer, type Mailer } from "@/lib/notify/mail";
import { notify } from "@/lib/notify/notify";
import { ownSealer } from "@/lib/notify/own-sealer";
import { claimDue } from "@/lib/notify/outbox";
import { planNotices } from "@/lib/notify/plan-notices";
import { countUnread, listNotifications } from "@/lib/notify/queries";
import { createTestDatabase, httpReceiver, smtpReceiver, type TestDatabase } from "@/lib/notify/receivers-testing";
import { PAUSE_AFTER } from "@/lib/notify/retry";
import { closeApprovals, stepApprovals, takeApprovals } from "@/lib/notify/tell-approvals";
import { tellOpened } from "@/lib/notify/tell-opened";
import { resumeWebhook, rotateWebhookSecret } from "@/lib/notify/webhook-change";
import { listDeliveries, listWebhooks } from "@/lib/notify/webhook-queries";
import { sealSecret, sealUrl } from "@/lib/notify/webhook-secrets";

let database: TestDatabase;
let acme: Awaited<ReturnType<typeof seedAcme>>;
let http: Awaited<ReturnType<typeof httpReceiver>>;
let smtp: Awaited<ReturnType<typeof smtpReceiver>>;
let mailer: Mailer;
/** Where the worker's clock stands. */
let now: Date;

beforeAll(async () => {
  [http, smtp] = [await httpReceiver(), await smtpReceiver("gone@example.com")];
  mailer = createMailer(smtp.url, "Remit <remit@acme.example>");
});
beforeEach(async () => {
  database = await createTestDatabase();
  acme = await seedAcme(database.db);
  now = NOW;
  http.got.length = http.answers.length = smtp.got.length = 0;
});
afterEach(() => database.close());
afterAll(async () => {
  mailer.close();
  await Promise.all([http.close(), smtp.close()]);
});

const worker = (): CommandContext => ({
  db: database.db,
  actor: { kind: "system", id: "worker" },
  clock: { now: () => now },
  newId,
});
const courier = (): Courier => ({
  mailer,
  sealer: ownSealer(),
  allow: http.allow,
  publicUrl: "https://remit.acme.example",
  random: () => 0,
});
/** One second of the worker, at the given number of seconds from NOW. */
async function tick(seconds: number): Promise<void> {
  now = at(seconds);
  await takeApprovals(worker());
  await advanceRoutes(worker());
  await closeApprovals(worker());
  await stepApprovals(worker());
  await tellOpened(worker());
  await planNotices(worker(), { mail: true });
  await deliverDue(worker(), courier());
}

/** Each is asked a quarter of an hour after the one before. */
const routed = (...people: string[]) => ({
  askedIds: people.slice(0, 1),
  nextContactAt: at(900),
  route: {
    steps: people.map((person, place) => ({
      afterMs: place === 0 ? 0 : 900_000,
      to: [{ person }],
      ...(place === 0 ? { at: at(0).toISOString() } : {}),
    })),
  },
});

/** As a gate leaves it: a decision, its approval, its audit record. */
async function waiting(more: Parameters<typeof acme.approval>[2] = {}): Promise<string> {
  const { ids } = acme;
  const run = await acme.run(ids.desk);
  const approval = await acme.approval(run, [ids.rob, ids.ada], {
    requestedAt: at(0),
    deadline: at(3_600),
    ...routed(ids.rob, ids.ada),
    ...more,
  });
  await recordDecisions(database.ownerDb, [approval.decisionId]);
  return approval.id;
}

async function webhook(more: { kind?: "signed" | "chat"; nodeId?: string; personId?: string; events?: string[] } = {}) {
  const id = newId();
  const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  const { kind = "signed", ...rest } = more;
  const place = rest.personId ? {} : { nodeId: acme.ids.root };
  await database.db.webhook.create({
    data: {
      id,
      kind,
      name: "Receiver",
      sealedUrl: sealUrl(ownSealer(), id, http.url(`/${kind}`)),
      shownUrl: "http://127.0.0.1/…",
      sealedSecret: kind === "signed" ? sealSecret(ownSealer(), id, secret) : null,
      events: [],
      createdAt: NOW,
      ...place,
      ...rest,
    },
  });
  return { id, secret };
}

const tell = (key: string, recipients: string[], more: Partial<Parameters<typeof notify>[1]> = {}) =>
  change(worker(), {}, async (step) => {
    await notify(
      { ...step, newId },
      {
        kind: "incident.opened",
        key,
        recipients,
        subject: "Desk: five errors in a row",
        link: "/incidents/1",
        nodeId: acme.ids.desk,
        params: { agent: "Agent desk", risk: "high", detail: "the order of Jane Roe" },
        ...more,
      },
    );
    step.audit({ action: "test", subjectKind: "test", subjectId: key, nodeId: null, detail: {} });
    return ok(null);
  });
const unread = async (person: string) => countUnread(await acme.viewer(person));
const subjects = async (person: string) =>
  (await listNotifications(await acme.viewer(person), { unread: false, page: 1 })).rows.map((row) => row.kind);

describe("approvals", () => {
  it("the first is asked by list and mail; when they do not react, the next approver; both before it expires; at last its owner", async () => {
    await waiting({ risk: "high" });
    await tick(1);
    expect(smtp.got.map((mail) => mail.to)).toEqual([["rob@example.com"]]);
    expect(await unread(acme.ids.rob)).toBe(1);
    expect(await unread(acme.ids.ada)).toBe(0);
    await tick(2);
    expect(smtp.got).toHaveLength(1);
    await tick(15 * 60);
    expect(smtp.got.map((mail) => mail.to[0])).toEqual(["rob@example.com", "ada@example.com"]);
    expect(await subjects(acme.ids.ada)).toEqual(["approval.unanswered"]);
    await tick(45 * 60);
    expect(await subjects(acme.ids.ada)).toEqual(["approval.due_soon", "approval.unanswered"]);
    expect(smtp.got).toHaveLength(4);
    await database.db.approval.updateMany({ data: { state: "expired" } });
    await tick(3_601);
    expect(await subjects(acme.ids.rob)).toEqual(["approval.expired", "approval.due_soon", "approval.asked"]);
    // What waited is read with it; that it expired is news.
    expect(await unread(acme.ids.rob)).toBe(1);
    expect(await unread(acme.ids.ada)).toBe(1);
  });

  it("all whom its route asks at once are told at once, and nobody else", async () => {
    const { ids } = acme;
    await waiting({ askedIds: [ids.rob, ids.ada], route: { steps: [] }, nextContactAt: null });
    await tick(1);
    expect(smtp.got.map((mail) => mail.to[0]).toSorted()).toEqual(["ada@example.com", "rob@example.com"]);
  });

  it("one that is decided before its mail left sends none, and is read", async () => {
    const rob = await acme.viewer(acme.ids.rob);
    await saveChoices(rob, { choices: {}, quiet: { from: 0, to: 1439 }, digestAt: 480, secondaryId: null });
    const id = await waiting();
    await tick(1);
    expect(smtp.got).toHaveLength(0);
    expect(await unread(acme.ids.rob)).toBe(1);
    expect(await approveApproval(rob, { approvalId: id })).toMatchObject({ ok: true });
    // Until its release it may be undone, and waits again.
    await tick(6);
    expect(await unread(acme.ids.rob)).toBe(0);
    await tick(86_400);
    expect(smtp.got).toHaveLength(0);
    expect(await database.db.notificationDelivery.findFirst()).toMatchObject({ state: "dropped" });
  });

  it("the secondary contact is asked when the first does not react, if they may decide", async () => {
    const { ids } = acme;
    const run = await acme.run(ids.desk);
    const cas = await acme.person("Cas");
    await acme.bind(cas, "reviewer", ids.support);
    const rob = await acme.viewer(ids.rob);
    await saveChoices(rob, { choices: {}, quiet: null, digestAt: 480, secondaryId: cas });
    const { decisionId } = await acme.approval(run, [ids.rob, ids.ada, cas], {
      risk: "high",
      requestedAt: at(0),
      deadline: at(3_600),
      ...routed(ids.rob),
    });
    await recordDecisions(database.ownerDb, [decisionId]);
    await tick(1);
    await tick(900);
    expect(smtp.got.map((mail) => mail.to[0])).toEqual(["rob@example.com", "cas@example.com"]);
  });
});

describe("mail", () => {
  it("says what, who, how risky, until when, and leads to the item; nothing else leaves unless an admin allows it", async () => {
    await tell("a", [acme.ids.rob]);
    await tick(1);
    const raw = smtp.got[0]?.raw.replaceAll(/=\r\n/g, "") ?? "";
    expect(smtp.got[0]?.from).toBe("remit@acme.example");
    expect(raw).toMatch(/^Subject: Incident: Desk: five errors in a row\r$/m);
    expect(raw).toMatch(/^Auto-Submitted: auto-generated\r$/im);
    expect(raw).toContain("https://remit.acme.example/incidents/1");
    expect(raw).toContain("Agent desk");
    expect(raw).toContain("multipart/alternative");
    expect(raw).toContain("prefers-color-scheme: dark");
    expect(raw).not.toMatch(/<img|Jane Roe|src=/);
    await database.ownerDb.configuration.update({
      where: { id: 1 },
      data: { settings: { notifications: { details: true } } },
    });
    await tell("b", [acme.ids.rob]);
    await tick(2);
    expect(smtp.got[1]?.raw).toContain("Jane Roe");
  });

  it("what is due together comes in one digest", async () => {
    const rob = await acme.viewer(acme.ids.rob);
    const choices = { "incident.opened": { channels: ["email" as const], pace: "daily" as const } };
    await saveChoices(rob, { choices, quiet: null, digestAt: 13 * 60, secondaryId: null });
    for (const key of ["a", "b", "c"]) await tell(key, [acme.ids.rob], { subject: `Incident ${key}` });
    await tick(1);
    expect(smtp.got).toHaveLength(0);
    await tick(3_600);
    expect(smtp.got).toHaveLength(1);
    expect(smtp.got[0]?.raw).toMatch(/^Subject: 3 notifications from Remit\r$/m);
    expect(await database.db.notificationDelivery.count({ where: { state: "sent" } })).toBe(3);
    expect(await unread(acme.ids.rob)).toBe(0);
  });

  it("is tried again when the server is away, and given up where the recipient does not exist", async () => {
    await database.db.person.update({ where: { id: acme.ids.fay }, data: { email: "gone@example.com" } });
    await tell("a", [acme.ids.fay]);
    await tick(1);
    const dead = await database.db.notificationDelivery.findFirstOrThrow();
    expect(dead).toMatchObject({ state: "dead", attempts: 1, error: "the mail server answered 550" });
    await tell("b", [acme.ids.rob]);
    await planNotices(worker(), { mail: true });
    const away = createMailer("smtp://127.0.0.1:1", "remit@acme.example");
    await deliverDue(worker(), { ...courier(), mailer: away });
    away.close();
    const retried = await database.db.notificationDelivery.findFirstOrThrow({ where: { state: "waiting" } });
    expect(retried.nextAt).toEqual(new Date(now.getTime() + 2_500));
    await tick(10);
    expect(smtp.got).toHaveLength(1);
  });
});

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
    now = at(86_401);
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
});

describe("what else waits", () => {
  it("an incident is told to those nearest who manage it, once, with the words of a person kept back", async () => {
    const rob = await acme.viewer(acme.ids.rob);
    const opened = await openIncident(rob, {
      agentId: acme.ids.ledger,
      title: "Jane Roe was paid twice",
      severity: "critical",
      pause: false,
    });
    expect(opened.ok).toBe(false);
    const fay = { ...(await acme.viewer(acme.ids.fay)), clock: { now: () => now } };
    await openIncident(fay, {
      agentId: acme.ids.ledger,
      title: "Jane Roe was paid twice",
      severity: "critical",
      pause: false,
    });
    await tick(1);
    await tick(2);
    // The owner, and the nearest above; each once.
    expect(smtp.got.map((mail) => mail.to[0]).toSorted()).toEqual(["ada@example.com", "fay@example.com"]);
    expect(smtp.got[0]?.raw).toContain("Urgent: Incident: Agent ledger: opened by Fay");
    expect(smtp.got[0]?.raw).not.toContain("Jane Roe");
  });

  it("an appeal about policies goes to who may change those, about authority to who may change the agent", async () => {
    const { ids } = acme;
    const run = await acme.run(ids.ledger);
    for (const [subject, rules] of [
      ["policy", ["limits/big"]],
      ["authority", []],
    ] as const) {
      const decisionId = await acme.decision(run, { effect: "deny", code: "policy_denies" });
      const base = {
        id: newId(),
        decisionId,
        runId: run.id,
        agentId: ids.ledger,
        action: "crm.update_account",
        code: "x",
      };
      const requestHash = new Uint8Array(32);
      await database.db.appeal.create({
        data: { ...base, subject, rules: [...rules], reason: "r", openedAt: NOW, requestHash },
      });
    }
    await tick(1);
    expect(await subjects(ids.fay)).toEqual(["appeal.opened"]);
    expect(await subjects(ids.ada)).toEqual(["appeal.opened", "appeal.opened"]);
    expect(await subjects(ids.rob)).toEqual([]);
  });

  it("a promotion goes to those above who may decide it, not to who asked", async () => {
    const { ids } = acme;
    await database.db.promotion.create({
      data: {
        id: newId(),
        agentId: ids.ledger,
        fromTier: "observe",
        toTier: "recommend",
        agentVersion: 1,
        record: {},
        requestedById: ids.fay,
        reason: "r",
        requestedAt: NOW,
      },
    });
    await tick(1);
    expect(await subjects(ids.fay)).toEqual([]);
    expect(await database.db.notice.findFirst()).toMatchObject({
      kind: "promotion.requested",
      link: "/agents/ledger/autonomy",
    });
  });
});

describe("telling", () => {
  it("the same cause twice tells once; a change that is refused tells nobody", async () => {
    await tell("a", [acme.ids.rob, acme.ids.rob]);
    await tell("a", [acme.ids.rob]);
    await change(worker(), {}, async (step) => {
      await notify(
        { ...step, newId },
        { kind: "appeal.opened", key: "x", recipients: [acme.ids.rob], subject: "s", link: "/", nodeId: null },
      );
      return { ok: false, error: { code: "conflict", message: "no" } };
    });
    await tick(1);
    expect(await subjects(acme.ids.rob)).toEqual(["incident.opened"]);
    expect(smtp.got).toHaveLength(1);
  });

  it("I12: who no longer sees what it is about does not read of it; who is disabled gets nothing", async () => {
    await tell("a", [acme.ids.rob, acme.ids.fay]);
    await database.db.person.update({ where: { id: acme.ids.fay }, data: { status: "disabled" } });
    await tick(1);
    expect(smtp.got.map((mail) => mail.to[0])).toEqual(["rob@example.com"]);
    expect(await unread(acme.ids.rob)).toBe(1);
    await database.db.roleBinding.deleteMany({ where: { personId: acme.ids.rob } });
    expect(await unread(acme.ids.rob)).toBe(0);
    expect(await subjects(acme.ids.rob)).toEqual([]);
  });
});
