import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { newId } from "@/lib/kernel/ids";
import { choicesFrom } from "@/lib/notify/choices";
import { saveChoices } from "@/lib/notify/choices-save";
import { markRead } from "@/lib/notify/mark-read";
import { ownSealer } from "@/lib/notify/webhooks/own-sealer";
import { countUnread, listNotifications, readChoices } from "@/lib/notify/queries";
import {
  pauseWebhook,
  removeWebhook,
  resumeWebhook,
  rotateWebhookSecret,
  updateWebhook,
} from "@/lib/notify/webhooks/change";
import { connectChat, createWebhook, shownUrl } from "@/lib/notify/webhooks/create";
import { listWebhooks, readWebhook, webhookNodes } from "@/lib/notify/webhooks/queries";
import { secretsOf, urlOf } from "@/lib/notify/webhooks/secrets";
import {
  createOrganisation,
  createTestDatabase,
  handClock,
  viewerOf,
  type TestDatabase,
} from "@/lib/people/people-testing";

let database: TestDatabase;
let organisation: Awaited<ReturnType<typeof createOrganisation>>;
const clock = handClock();

beforeAll(async () => {
  database = await createTestDatabase();
  organisation = await createOrganisation(database.db, clock);
});
afterAll(() => database.close());

type Name = keyof typeof organisation.people;
const as = (name: Name) => viewerOf(database.db, clock, organisation.people[name]);
const stored = (id: string) => database.db.webhook.findUniqueOrThrow({ where: { id } });
const refused = (code: string, field?: string) => ({
  ok: false,
  error: field === undefined ? { code } : { code, field },
});
const lastAudit = async () => (await database.db.auditRecord.findFirstOrThrow({ orderBy: { seq: "desc" } })).body;

async function pager(more: Partial<Parameters<typeof createWebhook>[1]> = {}) {
  const made = await createWebhook(await as("ada"), {
    kind: "signed",
    name: "Pager",
    url: "https://example.com/hooks?token=hidden",
    nodeId: organisation.nodes.support,
    events: ["incident.opened"],
    ...more,
  });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

describe("webhooks", () => {
  it("address and secret are sealed; neither stands in the row, the audit record, or what people read", async () => {
    const { id, secret } = await pager();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const row = await stored(id);
    expect(urlOf(ownSealer(), row)).toBe("https://example.com/hooks?token=hidden");
    expect(secretsOf(ownSealer(), row, clock.now())).toEqual([secret]);
    const ada = await as("ada");
    const seen = [
      Buffer.from(row.sealedUrl).toString("latin1"),
      await lastAudit(),
      JSON.stringify(await listWebhooks(ada)),
    ];
    seen.push(JSON.stringify(await readWebhook(ada, id)));
    for (const text of seen) {
      expect(text).not.toContain("hidden");
      expect(text).not.toContain(secret);
    }
    expect(shownUrl("chat", "https://hooks.slack.com/services/T/B/x")).toBe("https://hooks.slack.com/…");
  });

  it("only admins of the whole organisation manage them; to others they do not exist", async () => {
    const { id } = await pager();
    for (const name of ["pat", "sue", "dan", "zoe"] as const) {
      const viewer = await as(name);
      expect(
        await createWebhook(viewer, {
          kind: "chat",
          name: "x",
          url: "https://example.com/",
          nodeId: organisation.nodes.support,
          events: [],
        }),
      ).toMatchObject(refused("forbidden"));
      expect((await rotateWebhookSecret(viewer, { id })).ok).toBe(false);
      expect((await removeWebhook(viewer, { id })).ok).toBe(false);
      expect(await listWebhooks(viewer)).toEqual([]);
      expect(await readWebhook(viewer, id)).toBeNull();
      expect(await webhookNodes(viewer)).toEqual([]);
    }
  });

  it("refuses addresses and nodes that cannot be, naming the field", async () => {
    const ada = await as("ada");
    const base = {
      kind: "signed" as const,
      name: "x",
      url: "https://example.com/",
      nodeId: organisation.nodes.root,
      events: [],
    };
    expect(await createWebhook(ada, { ...base, url: "http://example.com/" })).toMatchObject(
      refused("invalid_input", "url"),
    );
    expect(await createWebhook(ada, { ...base, url: "https://10.0.0.1/" })).toMatchObject(
      refused("invalid_input", "url"),
    );
    expect(await createWebhook(ada, { ...base, nodeId: newId() })).toMatchObject(refused("not_found", "nodeId"));
    const { id } = await pager();
    expect(await updateWebhook(ada, { id, name: "x", url: "https://localhost/", events: [] })).toMatchObject(
      refused("invalid_input", "url"),
    );
  });

  it("after a rotation two secrets are valid for a day, then one", async () => {
    const { id, secret } = await pager();
    const rotated = await rotateWebhookSecret(await as("ada"), { id });
    if (!rotated.ok) throw new Error("refused");
    expect(secretsOf(ownSealer(), await stored(id), clock.now())).toEqual([rotated.value.secret, secret]);
    expect(secretsOf(ownSealer(), await stored(id), rotated.value.previousUntil)).toEqual([rotated.value.secret]);
    const chat = await pager({ kind: "chat" });
    expect(chat.secret).toBeNull();
    expect(await rotateWebhookSecret(await as("ada"), { id: chat.id })).toMatchObject(refused("conflict"));
  });

  it("pause and resume once; removal destroys the secrets and cannot be repeated", async () => {
    const ada = await as("ada");
    const { id } = await pager();
    expect(await resumeWebhook(ada, { id })).toMatchObject(refused("conflict"));
    expect(await pauseWebhook(ada, { id })).toMatchObject({ ok: true });
    expect(await pauseWebhook(ada, { id })).toMatchObject(refused("conflict"));
    expect(await resumeWebhook(ada, { id })).toMatchObject({ ok: true });
    expect(await removeWebhook(ada, { id })).toMatchObject({ ok: true });
    expect(await stored(id)).toMatchObject({ sealedSecret: null, sealedPrevious: null, sealedUrl: new Uint8Array() });
    expect(await removeWebhook(ada, { id })).toMatchObject(refused("not_found"));
    expect(await readWebhook(ada, id)).toBeNull();
  });

  it("a chat of one's own is nobody else's business, not an admin's either", async () => {
    const made = await connectChat(await as("dan"), { url: "https://hooks.slack.com/services/T/B/x" });
    if (!made.ok) throw new Error("refused");
    const ada = await as("ada");
    expect(await removeWebhook(ada, made.value)).toMatchObject(refused("not_found"));
    expect(await readWebhook(ada, made.value.id)).toBeNull();
    expect((await readChoices(await as("dan"))).chats).toMatchObject([
      { shownUrl: "https://hooks.slack.com/…", paused: false },
    ]);
    expect(await removeWebhook(await as("dan"), made.value)).toMatchObject({ ok: true });
    expect((await readChoices(await as("dan"))).chats).toEqual([]);
  });
});

describe("choices", () => {
  const usual = { choices: {}, quiet: null, digestAt: 480, secondaryId: null };

  it("what equals the default is not stored; what differs is read back", async () => {
    const dan = await as("dan");
    const choices = choicesFrom({ "appeal.opened": { channels: ["email"], pace: "hourly" } });
    expect(await saveChoices(dan, { ...usual, choices, quiet: { from: 1320, to: 420 } })).toMatchObject({ ok: true });
    const row = await database.db.notificationChoice.findUniqueOrThrow({ where: { personId: dan.person.id } });
    expect(row.choices).toEqual({ "appeal.opened": { channels: ["email"], pace: "hourly" } });
    expect(await readChoices(dan)).toMatchObject({
      choices,
      quiet: { from: 1320, to: 420 },
      digestAt: 480,
      secondary: null,
    });
  });

  it("the secondary contact is somebody else, who can sign in and is in sight", async () => {
    const dan = await as("dan");
    const { sue, sam } = organisation.people;
    const invalid = refused("invalid_input", "secondaryId");
    expect(await saveChoices(dan, { ...usual, secondaryId: dan.person.id })).toMatchObject(invalid);
    expect(await saveChoices(dan, { ...usual, secondaryId: sam })).toMatchObject(invalid);
    expect(await saveChoices(dan, { ...usual, secondaryId: newId() })).toMatchObject(invalid);
    expect(await saveChoices(await as("sue"), { ...usual, secondaryId: dan.person.id })).toMatchObject({ ok: true });
    expect((await readChoices(dan)).people.map((one) => one.value)).not.toContain(sam);
    expect(sue).toBeDefined();
  });

  it("quiet hours that never end, and times that are none, are refused", async () => {
    const dan = await as("dan");
    expect(await saveChoices(dan, { ...usual, quiet: { from: 60, to: 60 } })).toMatchObject(
      refused("invalid_input", "quiet.to"),
    );
    expect(await saveChoices(dan, { ...usual, digestAt: 1440 })).toMatchObject(refused("invalid_input", "digestAt"));
  });
});

describe("the list", () => {
  it("I12: one reads and marks one's own only", async () => {
    const { zoe, dan } = organisation.people;
    const ids = await Promise.all(
      [zoe, dan].map(async (personId, index) => {
        const noticeId = newId();
        const data = {
          kind: "report.unused_grants",
          urgent: false,
          key: `r${index}`,
          subject: "s",
          link: "/",
          params: {},
        };
        await database.db.notice.create({ data: { ...data, id: noticeId, at: clock.now() } });
        const id = newId();
        await database.db.notification.create({ data: { id, noticeId, personId, at: clock.now(), shown: true } });
        return id;
      }),
    );
    const viewer = await as("dan");
    expect(await markRead(viewer, { ids: ids.slice(0, 1) })).toEqual({ ok: true, value: { count: 0 } });
    expect(await countUnread(await as("zoe"))).toBe(1);
    expect((await listNotifications(viewer, { unread: true, page: 1 })).rows.map((row) => row.id)).toEqual([ids[1]]);
    expect(await markRead(viewer, { ids: "all" })).toEqual({ ok: true, value: { count: 1 } });
    expect(await listNotifications(viewer, { unread: true, page: 1 })).toEqual({ rows: [], total: 0 });
    expect((await listNotifications(viewer, { unread: false, page: 1 })).rows).toMatchObject([{ read: true }]);
    expect(await markRead(viewer, { ids: ["nonsense"] })).toMatchObject(refused("invalid_input"));
  });
});
