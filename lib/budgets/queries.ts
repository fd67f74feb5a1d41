import type { Access } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import { boundsOf, settledOf, takenOf, UNITS, UNUSED, type Bounds, type Use } from "@/lib/budgets/envelope";
import { ENVELOPE_LEVELS, envelopeNoticeKey } from "@/lib/budgets/notice-key";
import { endOf, startOf } from "@/lib/budgets/periods";
import { envelope, readEnvelope, type Envelope } from "@/lib/budgets/schemas";
import type { EnvelopeView, Meter, RunLimit } from "@/lib/budgets/views";
import type { Db } from "@/lib/db/client";
import { settingsFrom } from "@/lib/tiers/settings";

/** A node with its envelope as stored. */
interface EnvelopeNode {
  id: string;
  /** Of the chart, whether the viewer sees it or not. */
  parentId: string | null;
  name: string;
  envelope: unknown;
}

const NODE_PERIODS = ["hour", "day", "month"] as const;

/** The envelope of a node in sight, and beside its own limits those of the nodes above that the viewer sees; null: not in sight. */
export async function getEnvelope(viewer: Viewer, nodeId: string): Promise<EnvelopeView | null> {
  if (!viewer.access.can("chart.read", nodeId)) return null;
  const path = await viewer.db.$queryRaw<EnvelopeNode[]>`
    WITH RECURSIVE up AS (
      SELECT id, parent_id, name, envelope, 0 AS depth FROM node WHERE id = ${nodeId}::uuid
      UNION ALL
      SELECT node.id, node.parent_id, node.name, node.envelope, depth + 1 FROM up JOIN node ON node.id = up.parent_id
    ) SELECT id, parent_id AS "parentId", name, envelope FROM up ORDER BY depth`;
  const [own] = path;
  if (!own) return null;
  const seen = path.filter((node) => viewer.access.can("chart.read", node.id));
  const now = viewer.clock.now();
  const [uses, nearAt] = await Promise.all([readUses(viewer.db, seen, now), readNearAt(viewer.db)]);
  const view = viewOf(own, seen, { uses, nearAt }, viewer.access, now);
  return { ...view, meters: await withTold(viewer.db, view.meters, now) };
}

/** The envelopes of many nodes at once, each with its own limits only; nodes that have none, and are not the viewer's to give one, are left out. */
export async function envelopesOfNodes(
  viewer: Viewer,
  nodes: readonly EnvelopeNode[],
): Promise<Map<string, EnvelopeView>> {
  const now = viewer.clock.now();
  const some = nodes.filter((node) => !isEmpty(node.envelope));
  const [uses, nearAt] = await Promise.all([
    some.length > 0 ? readUses(viewer.db, some, now) : new Map<string, Use>(),
    readNearAt(viewer.db),
  ]);
  const views = nodes.map((node) => [node.id, viewOf(node, [node], { uses, nearAt }, viewer.access, now)] as const);
  return new Map(views.filter(([, view]) => view.maySet || view.unreadable || !isEmpty(view.own)));
}

const isEmpty = (stored: unknown): boolean =>
  stored === null || (typeof stored === "object" && Object.keys(stored).length === 0);

function viewOf(
  own: EnvelopeNode,
  path: readonly EnvelopeNode[],
  { uses, nearAt }: { uses: ReadonlyMap<string, Use>; nearAt: number },
  access: Access,
  now: Date,
): EnvelopeView {
  const meters: Meter[] = [];
  const runs: RunLimit[] = [];
  for (const node of path) {
    const limits = readEnvelope(node.envelope);
    for (const period of NODE_PERIODS)
      if (limits[period]) meters.push(...metersOf(node, period, limits[period], uses, now));
    const run = limits.run && boundsOf(limits.run, node.name);
    for (const unit of UNITS) {
      const limit = run?.[unit]?.limit;
      if (limit !== undefined) runs.push({ nodeId: node.id, node: node.name, unit, limit });
    }
  }
  return {
    own: readEnvelope(own.envelope),
    unreadable: path.some((node) => !envelope.safeParse(node.envelope ?? {}).success),
    meters,
    runs,
    nearAt,
    maySet: access.can("envelope.write", own.parentId ?? own.id),
  };
}

function metersOf(
  { id, name }: EnvelopeNode,
  period: Meter["period"],
  limits: NonNullable<Envelope["day"]>,
  uses: ReadonlyMap<string, Use>,
  now: Date,
): Meter[] {
  const startsAtMs = startOf(period, now.getTime());
  const endsAtMs = endOf(period, startsAtMs) ?? startsAtMs;
  const use = uses.get(`${id} ${period}`) ?? UNUSED;
  const bounds: Bounds = boundsOf(limits, name);
  return UNITS.flatMap((unit): Meter[] => {
    const limit = bounds[unit]?.limit;
    if (limit === undefined) return [];
    const spent = settledOf(use, unit);
    const reserved = takenOf(use, unit) - spent;
    const endsAt = new Date(endsAtMs).toISOString();
    return [
      { nodeId: id, node: name, period, unit, limit, spent, reserved, endsAt, unpriced: use.unpriced, toldAt: null },
    ];
  });
}

async function readNearAt(db: Db): Promise<number> {
  const { settings } = await db.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } });
  return settingsFrom(settings).settings.budgets.windDownAt;
}

/** When the latest notice of each limit in its present window was written (see lib/notify/tell/envelopes.ts). */
async function withTold(db: Db, meters: readonly Meter[], now: Date): Promise<Meter[]> {
  const keysOf = (meter: Meter): string[] => {
    const window = { ...meter, startsAtMs: startOf(meter.period, now.getTime()) };
    return ENVELOPE_LEVELS.map((level) => envelopeNoticeKey(window, level));
  };
  const keys = meters.flatMap(keysOf);
  if (keys.length === 0) return [];
  const told = await db.notice.findMany({ where: { key: { in: keys } }, select: { key: true, at: true } });
  const byKey = new Map(told.map(({ key, at }) => [key, at.toISOString()]));
  return meters.map((meter) => ({
    ...meter,
    toldAt:
      keysOf(meter)
        .flatMap((key) => byKey.get(key) ?? [])
        .at(-1) ?? null,
  }));
}

/** What the present windows of these nodes have taken, by node and period. */
async function readUses(db: Db, nodes: readonly EnvelopeNode[], now: Date): Promise<Map<string, Use>> {
  const rows = await db.envelopeUse.findMany({
    where: {
      ownerId: { in: nodes.map((node) => node.id) },
      OR: NODE_PERIODS.map((period) => ({ period, startsAt: new Date(startOf(period, now.getTime())) })),
    },
  });
  return new Map(
    rows.map((row) => [
      `${row.ownerId} ${row.period}`,
      {
        reservedUsd: Number(row.reservedMicroUsd),
        reservedTokens: Number(row.reservedTokens),
        settledUsd: Number(row.settledMicroUsd),
        settledTokens: Number(row.settledTokens),
        calls: Number(row.calls),
        unpriced: Number(row.unpricedCalls),
      },
    ]),
  );
}
