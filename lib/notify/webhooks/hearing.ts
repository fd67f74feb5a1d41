import type { Db } from "@/lib/db/client";

interface Told {
  id: string;
  kind: string;
  nodeId: string | null;
}

interface HearingWebhook {
  webhookId: string;
  channel: "chat" | "webhook";
}

/** Which webhooks of nodes hear each notice: those on its node or above that listen to its kind. What is the whole organisation's is heard at the root. */
export async function hearingWebhooks(db: Db, notices: readonly Told[]): Promise<Map<string, HearingWebhook[]>> {
  const webhooks = await db.webhook.findMany({
    where: { nodeId: { not: null }, removedAt: null },
    select: { id: true, kind: true, nodeId: true, events: true },
  });
  if (webhooks.length === 0) return new Map();
  const rows = await db.$queryRaw<{ start: string; id: string; root: boolean }[]>`
    WITH RECURSIVE up AS (
      SELECT id AS start, id, parent_id FROM node
        WHERE id = ANY(${[...new Set(notices.flatMap((one) => one.nodeId ?? []))]}::uuid[]) OR parent_id IS NULL
      UNION ALL
      SELECT up.start, node.id, node.parent_id FROM node JOIN up ON node.id = up.parent_id
    )
    SELECT start, id, parent_id IS NULL AS root FROM up`;
  const root = rows.find((row) => row.root)?.id;
  return new Map(
    notices.map(({ id, kind, nodeId }) => {
      const above = new Set(rows.filter((row) => row.start === (nodeId ?? root)).map((row) => row.id));
      const hearing = webhooks.filter(
        (one) => one.nodeId !== null && above.has(one.nodeId) && (one.events.length === 0 || one.events.includes(kind)),
      );
      return [
        id,
        hearing.map((one) => ({
          webhookId: one.id,
          channel: one.kind === "chat" ? ("chat" as const) : ("webhook" as const),
        })),
      ];
    }),
  );
}
