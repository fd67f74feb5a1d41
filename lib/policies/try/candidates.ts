import { z } from "zod";

import { matchesAction } from "@/lib/catalogue/match";
import { within } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import { actionTitle, targetOf } from "@/lib/decisions/words";
import { isId } from "@/lib/kernel/ids";
import type { Json } from "@/lib/kernel/json";
import { storedOutcome } from "@/lib/policies/simulation/outcome";
import type { TryCandidate } from "@/lib/policies/try/views";

export const candidatesInput = z.strictObject({
  actions: z.array(z.string().max(200)).max(500),
  effect: z.enum(["allow", "escalate", "deny"]).nullable(),
});

const SHOWN = 12;
/** Patterns become names of the catalogue, so that an index by action can be used where there is one. */
const ACTIONS_MAX = 500;
/** Rare actions are looked for among so many of the latest decisions. */
const LOOKED_AT = 20_000;

const FIELDS = {
  id: true,
  action: true,
  args: true,
  resource: true,
  effect: true,
  mode: true,
  at: true,
  reviewDeadline: true,
  agentId: true,
} as const;

/** The latest decisions about these actions in the viewer's sight (I12): what a rule about them can be tried on. */
export async function listTryCandidates(
  viewer: Viewer,
  { actions: patterns, effect }: z.output<typeof candidatesInput>,
): Promise<TryCandidate[]> {
  if (!viewer.access.canAnywhere("run.read") || patterns.length === 0) return [];
  const { db, access } = viewer;
  const known = await db.action.findMany({ select: { id: true, title: true }, take: 10_000 });
  const about = known.filter(({ id }) => patterns.some((pattern) => matchesAction(pattern, id)));
  const names = [...new Set([...about.map(({ id }) => id), ...patterns.filter((one) => !one.endsWith("*"))])];
  const [oldest] = await db.$queryRaw<
    { at: Date }[]
  >`SELECT at FROM decision ORDER BY at DESC OFFSET ${LOOKED_AT} LIMIT 1`;
  const rows = await db.decision.findMany({
    where: {
      ...within(access, "run.read", "agentId"),
      ...(patterns.includes("*") ? {} : { action: { in: names.slice(0, ACTIONS_MAX) } }),
      ...(effect && { effect }),
      ...(oldest && { at: { gt: oldest.at } }),
    },
    orderBy: { at: "desc" },
    take: SHOWN,
    select: FIELDS,
  });
  return await candidatesOf(viewer, rows);
}

/** One decision as a candidate; null when there is none in the viewer's sight. */
export async function getTryCandidate(viewer: Viewer, id: string): Promise<TryCandidate | null> {
  if (!isId(id)) return null;
  const row = await viewer.db.decision.findFirst({
    where: { id, ...within(viewer.access, "run.read", "agentId") },
    select: FIELDS,
  });
  const [candidate] = row ? await candidatesOf(viewer, [row]) : [];
  return candidate ?? null;
}

interface StoredRow {
  id: string;
  action: string;
  args: unknown;
  resource: unknown;
  effect: "allow" | "deny" | "escalate";
  mode: "live" | "shadow";
  at: Date;
  reviewDeadline: Date | null;
  agentId: string;
}

async function candidatesOf({ db }: Viewer, rows: readonly StoredRow[]): Promise<TryCandidate[]> {
  const [agents, titles] = await Promise.all([
    db.node.findMany({ where: { id: { in: rows.map((row) => row.agentId) } }, select: { id: true, name: true } }),
    db.action.findMany({ where: { id: { in: rows.map((row) => row.action) } }, select: { id: true, title: true } }),
  ]);
  const nameOf = new Map(agents.map((agent) => [agent.id, agent.name]));
  const titleOf = new Map(titles.map((action) => [action.id, action.title]));
  return rows.map((row) => ({
    id: row.id,
    agent: nameOf.get(row.agentId) ?? row.agentId,
    action: row.action,
    title: actionTitle(row.action, titleOf.get(row.action) ?? null),
    target: targetOf(row.resource as Json, row.args as Json),
    effect: storedOutcome({ effect: row.effect, reviewed: row.reviewDeadline !== null }),
    mode: row.mode,
    at: row.at.toISOString(),
  }));
}
