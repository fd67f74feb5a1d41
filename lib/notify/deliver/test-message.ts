import { command, type Step } from "@/lib/audit/command";
import { authorise } from "@/lib/auth/authorise";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { TEST_KIND } from "@/lib/notify/kinds";
import { testMessageInput, type TestTarget } from "@/lib/notify/schemas";
import { env } from "@/lib/server/env";

/** Tests that one address gets in a minute. */
const TESTS_A_MINUTE = 5;

/**
 * Sends a test message to a node's webhook, the person's own chat, or their own e-mail: through the outbox like every other, so that what
 * comes of it holds for the others, too. Errors: `not_found`, `forbidden`, `conflict` for what is paused, without a mail server, or after five
 * tests in a minute.
 */
export const sendTest = command(testMessageInput, {}, async (step, { target }) => {
  const { actor, tx, now } = step;
  if (actor.kind !== "person") return fail("forbidden", "Only people send a test to see it arrive.");
  const aimed = await aim(step, actor.id, target);
  if (!aimed.ok) return aimed;
  const { address, link, topic, channel, nodeId } = aimed.value;
  const minuteAgo = new Date(now.getTime() - 60_000);
  const lately = await tx.notificationDelivery.count({
    where: { ...address, channel, createdAt: { gt: minuteAgo }, notice: { kind: TEST_KIND } },
  });
  if (lately >= TESTS_A_MINUTE) return fail("conflict", "That were five tests in a minute. Wait a little.");
  const [noticeId, deliveryId] = [step.newId(), step.newId()];
  await tx.notice.create({
    data: {
      id: noticeId,
      kind: TEST_KIND,
      urgent: false,
      key: `test:${noticeId}`,
      subject: "A test message. If you read this, notifications arrive here.",
      link,
      params: {},
      nodeId,
      at: now,
      // Nobody else hears of it.
      plannedAt: now,
    },
  });
  await tx.notificationDelivery.create({
    data: { id: deliveryId, noticeId, channel, ...address, dueAt: now, nextAt: now, createdAt: now },
  });
  step.audit({
    action: "notification.test",
    subjectKind: target.kind === "webhook" ? "webhook" : "person",
    subjectId: target.kind === "webhook" ? target.id : actor.id,
    nodeId,
    detail: { channel, deliveryId },
  });
  step.notify(topic);
  return ok({ deliveryId });
});

interface Aim {
  channel: "email" | "chat" | "webhook";
  address: { personId?: string; webhookId?: string };
  link: string;
  /** Whose pages show it. */
  topic: string;
  nodeId: string | null;
}

const PAUSED = fail("conflict", "It is paused: resume it first.");

async function aim(step: Step, personId: string, target: TestTarget): Promise<Result<Aim>> {
  const own = { link: "/people/me/notifications", topic: `inbox:${personId}`, nodeId: null };
  switch (target.kind) {
    case "email": {
      const { REMIT_SMTP_URL, REMIT_MAIL_FROM } = env();
      if (REMIT_SMTP_URL === undefined || REMIT_MAIL_FROM === undefined)
        return fail("conflict", "No mail server is set up: set REMIT_SMTP_URL and REMIT_MAIL_FROM.");
      return ok({ ...own, channel: "email", address: { personId } });
    }
    case "chat": {
      const chat = await step.tx.webhook.findFirst({
        where: { id: target.id, personId, removedAt: null },
        select: { id: true, pausedAt: true },
      });
      if (!chat) return fail("not_found", "There is no such chat.");
      return chat.pausedAt ? PAUSED : ok({ ...own, channel: "chat", address: { personId, webhookId: chat.id } });
    }
    case "webhook": {
      const allowed = authorise(step, "organisation.write", null);
      if (!allowed.ok) return allowed;
      const webhook = await step.tx.webhook.findFirst({
        where: { id: target.id, personId: null, removedAt: null },
        select: { id: true, kind: true, pausedAt: true, nodeId: true },
      });
      if (!webhook) return fail("not_found", "There is no such webhook.");
      if (webhook.pausedAt) return PAUSED;
      const channel = webhook.kind === "chat" ? "chat" : "webhook";
      const link = `/settings/webhooks/${webhook.id}`;
      return ok({ channel, address: { webhookId: webhook.id }, link, topic: "webhooks", nodeId: webhook.nodeId });
    }
  }
}
