import type { Viewer } from "@/lib/auth/viewer";
import { isId } from "@/lib/kernel/ids";
import { isMessageKind, isNoticeKind } from "@/lib/notify/kinds";
import type { DeliveryRow, DeliveryState, WebhookDetail, WebhookRow } from "@/lib/notify/views";
import { settingsFrom } from "@/lib/tiers/settings";

const WEEK_MS = 7 * 86_400_000;

/** Whether the viewer manages webhooks: admins of the whole organisation do. */
export const managesWebhooks = (viewer: Viewer): boolean => viewer.access.canEverywhere("organisation.write");

/** All webhooks of nodes, with how they did in the last seven days. Empty for who does not manage them. */
export async function listWebhooks(viewer: Viewer): Promise<WebhookRow[]> {
  if (!managesWebhooks(viewer)) return [];
  const since = new Date(viewer.clock.now().getTime() - WEEK_MS);
  const [webhooks, counts] = await Promise.all([
    viewer.db.webhook.findMany({
      where: { personId: null, removedAt: null },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      select: SHOWN,
      take: 200,
    }),
    viewer.db.notificationDelivery.groupBy({
      by: ["webhookId", "state"],
      where: { createdAt: { gte: since }, webhook: { personId: null, removedAt: null } },
      _count: { _all: true },
      _max: { sentAt: true },
    }),
  ]);
  return webhooks.map((webhook) => {
    const own = counts.filter((one) => one.webhookId === webhook.id);
    const of = (state: DeliveryState): number => own.find((one) => one.state === state)?._count._all ?? 0;
    const lastAt = own.find((one) => one.state === "sent")?._max.sentAt ?? null;
    return { ...shownOf(webhook), sent: of("sent"), dead: of("dead"), waiting: of("waiting"), lastAt };
  });
}

/** One webhook; null for an id that is foreign, removed, or somebody's own chat. */
export async function readWebhook(viewer: Viewer, id: string): Promise<WebhookDetail | null> {
  if (!managesWebhooks(viewer) || !isId(id)) return null;
  const webhook = await viewer.db.webhook.findFirst({
    where: { id, personId: null, removedAt: null },
    select: { ...SHOWN, previousUntil: true, createdBy: { select: { name: true } } },
  });
  if (!webhook) return null;
  const { previousUntil, createdBy } = webhook;
  const both = previousUntil !== null && previousUntil > viewer.clock.now() ? previousUntil : null;
  return { ...shownOf(webhook), previousUntil: both, createdBy: createdBy?.name ?? null };
}

/** One page of a webhook's delivery log, by when it was queued; by state where some are named. */
export async function listDeliveries(
  viewer: Viewer,
  webhookId: string,
  params: { states: readonly DeliveryState[]; page: number; pageSize: number; newest?: boolean },
): Promise<{ rows: DeliveryRow[]; total: number }> {
  if (!managesWebhooks(viewer)) return { rows: [], total: 0 };
  const states = params.states.length > 0 ? { state: { in: [...params.states] } } : {};
  const where = { webhookId, webhook: { personId: null, removedAt: null }, ...states };
  const take = Math.min(100, params.pageSize);
  const order = params.newest === false ? "asc" : "desc";
  const [rows, total] = await Promise.all([
    viewer.db.notificationDelivery.findMany({
      where,
      orderBy: [{ createdAt: order }, { id: order }],
      skip: (params.page - 1) * take,
      take,
      select: {
        id: true,
        state: true,
        attempts: true,
        statusCode: true,
        durationMs: true,
        error: true,
        createdAt: true,
        nextAt: true,
        sentAt: true,
        notice: { select: { kind: true, subject: true, link: true } },
        tries: {
          orderBy: { number: "desc" },
          take: 20,
          select: { number: true, at: true, durationMs: true, statusCode: true, error: true },
        },
      },
    }),
    viewer.db.notificationDelivery.count({ where }),
  ]);
  return {
    total,
    rows: rows.flatMap(({ notice, ...row }) =>
      isMessageKind(notice.kind) ? [{ ...row, kind: notice.kind, subject: notice.subject, link: notice.link }] : [],
    ),
  };
}

/** Whether messages may say what an action is about, for the switch of the page. */
export async function readDetails(viewer: Viewer): Promise<boolean> {
  const row = await viewer.db.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } });
  return settingsFrom(row.settings).settings.notifications.details;
}

const SHOWN = {
  id: true,
  kind: true,
  name: true,
  shownUrl: true,
  events: true,
  pausedAt: true,
  pausedReason: true,
  failures: true,
  createdAt: true,
  node: { select: { name: true } },
} as const;

function shownOf(row: {
  id: string;
  kind: "chat" | "signed";
  name: string;
  shownUrl: string;
  events: string[];
  pausedAt: Date | null;
  pausedReason: string | null;
  failures: number;
  createdAt: Date;
  node: { name: string } | null;
}): Omit<WebhookRow, "sent" | "dead" | "waiting" | "lastAt"> {
  const { id, kind, name, shownUrl, pausedReason, failures, createdAt } = row;
  return {
    id,
    kind,
    name,
    shownUrl,
    pausedReason,
    failures,
    createdAt,
    node: row.node?.name ?? "a node that was removed",
    events: row.events.filter(isNoticeKind),
    paused: row.pausedAt !== null,
  };
}

/** Parts of the chart that a webhook can hear of: teams, the root first, then agents, by name. */
export async function webhookNodes(viewer: Viewer): Promise<{ id: string; name: string; root: boolean }[]> {
  if (!managesWebhooks(viewer)) return [];
  const nodes = await viewer.db.node.findMany({
    where: { kind: { in: ["team", "agent"] } },
    orderBy: [{ kind: "asc" }, { name: "asc" }],
    take: 1_000,
    select: { id: true, name: true, parentId: true },
  });
  return nodes
    .map(({ id, name, parentId }) => ({ id, name, root: parentId === null }))
    .toSorted((a, b) => Number(b.root) - Number(a.root));
}
