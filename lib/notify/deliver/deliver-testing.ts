import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";

import { advanceRoutes } from "@/lib/approvals/route/advance";
import { at, NOW, seedAcme } from "@/lib/approvals/test-store";
import { change, type CommandContext } from "@/lib/audit/change";
import { recordDecisions } from "@/lib/catalogue/digest-testing";
import { newId } from "@/lib/kernel/ids";
import { ok } from "@/lib/kernel/result";
import { deliverDue, type Courier } from "@/lib/notify/deliver/deliver";
import { createMailer, type Mailer } from "@/lib/notify/deliver/mail";
import { notify } from "@/lib/notify/notify";
import { ownSealer } from "@/lib/notify/webhooks/own-sealer";
import { planNotices } from "@/lib/notify/plan-notices";
import { countUnread, listNotifications } from "@/lib/notify/queries";
import {
  createTestDatabase,
  httpReceiver,
  smtpReceiver,
  type TestDatabase,
} from "@/lib/notify/deliver/receivers-testing";
import { closeApprovals, stepApprovals, takeApprovals } from "@/lib/notify/tell/approvals";
import { tellAnswers } from "@/lib/notify/tell/answers";
import { tellOpened } from "@/lib/notify/tell/opened";
import { sealSecret, sealUrl } from "@/lib/notify/webhooks/secrets";

export let database: TestDatabase;
export let acme: Awaited<ReturnType<typeof seedAcme>>;
export let http: Awaited<ReturnType<typeof httpReceiver>>;
export let smtp: Awaited<ReturnType<typeof smtpReceiver>>;
let mailer: Mailer;
/** Where the worker's clock stands. */
export let now: Date;

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

export const worker = (): CommandContext => ({
  db: database.db,
  actor: { kind: "system", id: "worker" },
  clock: { now: () => now },
  newId,
});
export const courier = (): Courier => ({
  mailer,
  sealer: ownSealer(),
  allow: http.allow,
  publicUrl: "https://remit.acme.example",
  random: () => 0,
});
/** Moves the worker's clock without letting it work. */
export const moveTo = (moment: Date): void => void (now = moment);

/** One second of the worker, at the given number of seconds from NOW. */
export async function tick(seconds: number): Promise<void> {
  now = at(seconds);
  await takeApprovals(worker());
  await advanceRoutes(worker());
  await closeApprovals(worker());
  await stepApprovals(worker());
  await tellAnswers(worker());
  await tellOpened(worker());
  await planNotices(worker(), { mail: true });
  await deliverDue(worker(), courier());
}

/** Each is asked a quarter of an hour after the one before. */
export const routed = (...people: string[]) => ({
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
export async function waiting(more: Parameters<typeof acme.approval>[2] = {}): Promise<string> {
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

export async function webhook(
  more: { kind?: "signed" | "chat"; nodeId?: string; personId?: string; events?: string[] } = {},
) {
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

export const tell = (key: string, recipients: string[], more: Partial<Parameters<typeof notify>[1]> = {}) =>
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
export const unread = async (person: string) => countUnread(await acme.viewer(person));
export const subjects = async (person: string) =>
  (await listNotifications(await acme.viewer(person), { unread: false, page: 1 })).rows.map((row) => row.kind);
