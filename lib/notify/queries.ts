import type { Viewer } from "@/lib/auth/viewer";
import type { Prisma } from "@/lib/db/generated/client";
import { choicesFrom, DEFAULT_DIGEST_AT } from "@/lib/notify/choices";
import { isNoticeKind, NOTICE_KINDS } from "@/lib/notify/kinds";
import { quietOf } from "@/lib/notify/listeners";
import { noticeParams } from "@/lib/notify/notice";
import { ownTests } from "@/lib/notify/deliver/test-queries";
import type { ChoicesView, NotificationRow } from "@/lib/notify/views";
import { peopleInSight } from "@/lib/people/sight";
import { env } from "@/lib/server/env";
import { settingsFrom } from "@/lib/tiers/settings";

/** The viewer's own, as far as they still see what it is about (I12): who lost a role does not go on reading. */
function own(viewer: Viewer): Prisma.NotificationWhereInput {
  const reach = viewer.access.nodes("chart.read");
  const kind = { in: [...NOTICE_KINDS] };
  return {
    personId: viewer.person.id,
    shown: true,
    notice: reach === "all" ? { kind } : { kind, OR: [{ nodeId: null }, { nodeId: { in: [...reach] } }] },
  };
}

export const PAGE_SIZE = 50;

/** One page of the viewer's list, newest first. */
export async function listNotifications(
  viewer: Viewer,
  params: { unread: boolean; page: number },
): Promise<{ rows: NotificationRow[]; total: number }> {
  const where = { ...own(viewer), ...(params.unread ? { readAt: null } : {}) };
  const [rows, total] = await Promise.all([
    viewer.db.notification.findMany({
      where,
      orderBy: [{ at: "desc" }, { id: "desc" }],
      skip: (params.page - 1) * PAGE_SIZE,
      take: PAGE_SIZE,
      include: { notice: true },
    }),
    viewer.db.notification.count({ where }),
  ]);
  return {
    total,
    rows: rows.flatMap(({ id, at, readAt, notice }) => {
      if (!isNoticeKind(notice.kind)) return [];
      const parsed = noticeParams.safeParse(notice.params);
      const { agent, risk, deadline } = parsed.success ? parsed.data : {};
      const { kind, urgent, subject, link } = { ...notice, kind: notice.kind };
      const said = { agent: agent ?? null, risk: risk ?? null, deadline: deadline ?? null };
      return [{ id, kind, urgent, subject, link, ...said, at, read: readAt !== null }];
    }),
  };
}

/** The number at the bell; nobody counts beyond 100. */
export async function countUnread(viewer: Viewer): Promise<number> {
  const rows = await viewer.db.notification.findMany({
    where: { ...own(viewer), readAt: null },
    select: { id: true },
    take: 100,
  });
  return rows.length;
}

/** How the viewer is told. */
export async function readChoices(viewer: Viewer): Promise<ChoicesView> {
  const { db, person, access } = viewer;
  const [configuration, stored, chats, tests, people] = await Promise.all([
    db.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } }),
    db.notificationChoice.findUnique({ where: { personId: person.id } }),
    db.webhook.findMany({
      where: { personId: person.id, removedAt: null },
      orderBy: { createdAt: "asc" },
      select: { id: true, shownUrl: true, pausedAt: true, pausedReason: true },
    }),
    ownTests(viewer),
    db.person.findMany({
      where: { AND: [{ status: "active", id: { not: person.id } }, peopleInSight(access)] },
      orderBy: { name: "asc" },
      take: 500,
      select: { id: true, name: true, email: true },
    }),
  ]);
  return {
    choices: choicesFrom(stored?.choices),
    quiet: quietOf(stored?.quietFrom ?? null, stored?.quietTo ?? null),
    digestAt: stored?.digestAt ?? DEFAULT_DIGEST_AT,
    secondary: stored?.secondaryId ?? null,
    people: people.map(({ id, name, email }) => ({ value: id, label: `${name} (${email})` })),
    chats: chats.map(({ pausedAt, ...chat }) => ({ ...chat, paused: pausedAt !== null, test: tests[chat.id] ?? null })),
    emailTest: tests.email ?? null,
    email: person.email,
    mail: env().REMIT_SMTP_URL !== undefined,
    zone: person.timeZone ?? settingsFrom(configuration.settings).settings.timeZone,
  };
}
