import type { Viewer } from "@/lib/auth/viewer";
import { TEST_KIND } from "@/lib/notify/kinds";
import type { TestView } from "@/lib/notify/views";

/** How long a page goes on showing what came of a test. */
const SHOWN_MS = 15 * 60_000;

const RESULT = {
  id: true,
  channel: true,
  webhookId: true,
  state: true,
  attempts: true,
  statusCode: true,
  durationMs: true,
  error: true,
  createdAt: true,
} as const;

/** What came of the viewer's latest tests: of their e-mail (key `email`), and of each chat of theirs (by its id). */
export async function ownTests({ db, person, clock }: Viewer): Promise<Record<string, TestView>> {
  const rows = await db.notificationDelivery.findMany({
    where: {
      personId: person.id,
      notice: { kind: TEST_KIND },
      createdAt: { gt: new Date(clock.now().getTime() - SHOWN_MS) },
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: 100,
    select: RESULT,
  });
  return Object.fromEntries(rows.map(({ channel, webhookId, ...row }) => [webhookId ?? channel, row]));
}

/** What came of the latest test of a node's webhook, for who manages webhooks; null when there was none lately. */
export async function webhookTest({ db, clock, access }: Viewer, webhookId: string): Promise<TestView | null> {
  if (!access.canEverywhere("organisation.write")) return null;
  const row = await db.notificationDelivery.findFirst({
    where: {
      webhookId,
      personId: null,
      notice: { kind: TEST_KIND },
      createdAt: { gt: new Date(clock.now().getTime() - SHOWN_MS) },
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: RESULT,
  });
  if (!row) return null;
  const { channel: _channel, webhookId: _webhookId, ...view } = row;
  return view;
}
