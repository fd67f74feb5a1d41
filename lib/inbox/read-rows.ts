import type { AppealSubject } from "@/lib/appeals/appealable";
import { actionTitle, targetOf } from "@/lib/decisions/words";
import type { Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { amountOf } from "@/lib/inbox/amount";
import { ITEM_KINDS, type ItemKind, type ItemRisk } from "@/lib/inbox/item";
import type { Asks, WaitingRow } from "@/lib/inbox/waiting-row";
import type { Json } from "@/lib/kernel/json";
import { storedOnBehalfOf } from "@/lib/runs/stored-run";

/** Ids by kind; of actions, their names. */
export type Wanted = Partial<Record<ItemKind, readonly string[]>>;

/** These items, whether or not they still wait, in no order; ids that are none are left out. Who may see them, {@link itemFor} tells. */
export async function readRows(db: Db, wanted: Wanted): Promise<WaitingRow[]> {
  const read = ITEM_KINDS.map(async (kind) => {
    const ids = [...new Set(wanted[kind] ?? [])];
    return ids.length === 0 ? [] : await READERS[kind](db, ids);
  });
  return (await Promise.all(read)).flat();
}

const READERS: Record<ItemKind, (db: Db, ids: string[]) => Promise<WaitingRow[]>> = {
  approval: approvals,
  review: reviews,
  appeal: appeals,
  conflict: conflicts,
  promotion: promotions,
  action: unclassified,
};

interface Common {
  id: string;
  open: boolean;
  risk: ItemRisk;
  action: string;
  title: string | null;
  agentId: string;
  slug: string;
  name: string;
  since: Date;
}

interface Requested extends Common {
  deadline: Date;
  args: Json;
  resource: Json;
  onBehalfOf: Json;
}

/** Of what an agent sent, as much as a line needs. Larger ones are shown by their panel. */
const SENT = (args: string): Prisma.Sql => Prisma.sql`
  CASE WHEN octet_length(${Prisma.raw(args)}::text) <= 65536 THEN ${Prisma.raw(args)} END AS args,
  CASE WHEN octet_length(d.resource::text) <= 65536 THEN d.resource END AS resource`;
const AGENT = Prisma.sql`n.id AS "agentId", n.slug, n.name`;

async function approvals(db: Db, ids: string[]): Promise<WaitingRow[]> {
  const rows = await db.$queryRaw<
    (Requested & {
      approverIds: string[];
      askedIds: string[];
      excludedIds: string[];
      voterIds: string[];
      quorum: number;
      snoozes: { personId: string; until: string }[];
      assigneeId: string | null;
      assigneeName: string | null;
    })[]
  >`
    SELECT a.id, a.state = 'pending' AS open, a.risk::text AS risk, a.action, c.title, ${AGENT}, a.requested_at AS since, a.deadline,
      ${SENT("a.args")}, r.on_behalf_of AS "onBehalfOf", a.approver_ids AS "approverIds", a.asked_ids AS "askedIds",
      a.excluded_ids AS "excludedIds", a.quorum, a.assignee_id AS "assigneeId", p.name AS "assigneeName",
      ARRAY(SELECT v.person_id FROM approval_vote v WHERE v.approval_id = a.id) AS "voterIds",
      coalesce((SELECT json_agg(json_build_object('personId', s.person_id, 'until', s.until))
        FROM approval_snooze s WHERE s.approval_id = a.id), '[]') AS snoozes
    FROM approval a JOIN node n ON n.id = a.agent_id JOIN run r ON r.id = a.run_id JOIN decision d ON d.id = a.decision_id
      LEFT JOIN action c ON c.id = a.action LEFT JOIN person p ON p.id = a.assignee_id
    WHERE a.id = ANY(${ids}::uuid[])`;
  return rows.map(
    ({ assigneeId, assigneeName, approverIds, askedIds, excludedIds, voterIds, quorum, snoozes, ...row }) => ({
      ...requested(row, "approval", {
        kind: "approval",
        approverIds,
        askedIds,
        excludedIds,
        voterIds,
        quorum,
        snoozes,
      }),
      assignee: assigneeId === null ? null : { id: assigneeId, name: assigneeName ?? "" },
    }),
  );
}

async function reviews(db: Db, ids: string[]): Promise<WaitingRow[]> {
  const rows = await db.$queryRaw<(Requested & { excludedIds: string[]; askedIds: string[] })[]>`
    SELECT w.id, w.state = 'waiting' AS open, w.risk::text AS risk, w.action, c.title, ${AGENT}, w.created_at AS since, w.deadline,
      ${SENT("d.args")}, r.on_behalf_of AS "onBehalfOf", w.excluded_ids AS "excludedIds", w.asked_ids AS "askedIds"
    FROM review w JOIN node n ON n.id = w.agent_id JOIN run r ON r.id = w.run_id JOIN decision d ON d.id = w.decision_id
      LEFT JOIN action c ON c.id = w.action
    WHERE w.id = ANY(${ids}::uuid[])`;
  return rows.map(({ excludedIds, askedIds, ...row }) =>
    requested(row, "review", { kind: "review", excludedIds, askedIds }),
  );
}

function requested(row: Requested, kind: "approval" | "review", asks: Asks): WaitingRow {
  const { args, resource, onBehalfOf, deadline } = row;
  return {
    ...common(row, kind, asks),
    target: targetOf(resource, args),
    amount: amountOf(args),
    onBehalfOf: storedOnBehalfOf(onBehalfOf)?.subject ?? null,
    deadline,
  };
}

function common(
  { id, open, risk, action, title, agentId, slug, name, since }: Common,
  kind: ItemKind,
  asks: Asks,
): WaitingRow {
  return {
    kind,
    id,
    open,
    risk,
    title: actionTitle(action, title),
    action,
    target: null,
    agent: { id: agentId, slug, name },
    onBehalfOf: null,
    amount: null,
    deadline: null,
    since,
    assignee: null,
    asks,
  };
}

async function appeals(db: Db, ids: string[]): Promise<WaitingRow[]> {
  const rows = await db.$queryRaw<
    (Common & { subject: AppealSubject; excludedIds: string[]; args: Json; resource: Json })[]
  >`
    SELECT l.id, l.state = 'pending' AS open, coalesce(c.impact, 'medium')::text AS risk, l.action, c.title, ${AGENT},
      l.opened_at AS since, l.subject::text AS subject, l.excluded_ids AS "excludedIds", ${SENT("d.args")}
    FROM appeal l JOIN node n ON n.id = l.agent_id JOIN decision d ON d.id = l.decision_id LEFT JOIN action c ON c.id = l.action
    WHERE l.id = ANY(${ids}::uuid[])`;
  return rows.map(({ subject, excludedIds, args, resource, ...row }) => ({
    ...common(row, "appeal", { kind: "appeal", subject, excludedIds }),
    target: targetOf(resource, args),
    amount: amountOf(args),
  }));
}

async function conflicts(db: Db, ids: string[]): Promise<WaitingRow[]> {
  const rows = await db.$queryRaw<(Common & { allowRule: string; denyRule: string })[]>`
    SELECT f.id, f.resolved_at IS NULL AS open, coalesce(c.impact, 'medium')::text AS risk, f.action, c.title, ${AGENT},
      f.first_at AS since, f.allow_rule AS "allowRule", f.deny_rule AS "denyRule"
    FROM policy_conflict f JOIN node n ON n.id = f.agent_id LEFT JOIN action c ON c.id = f.action
    WHERE f.id = ANY(${ids}::uuid[])`;
  return rows.map(({ allowRule, denyRule, ...row }) => ({
    ...common(row, "conflict", { kind: "conflict" }),
    target: `${allowRule} ↔ ${denyRule}`,
  }));
}

async function promotions(db: Db, ids: string[]): Promise<WaitingRow[]> {
  const rows = await db.$queryRaw<
    (Omit<Common, "action" | "title"> & {
      toTier: string;
      parentId: string | null;
      requestedById: string | null;
      ownerIds: string[];
      moved: boolean;
    })[]
  >`
    SELECT p.id, p.state = 'pending' AS open, CASE p.to_tier WHEN 'execute' THEN 'high' ELSE 'medium' END AS risk, ${AGENT},
      p.requested_at AS since, p.to_tier::text AS "toTier", n.parent_id AS "parentId", p.requested_by_id AS "requestedById",
      array_append(g.past_owner_ids, g.owner_id) AS "ownerIds", g.tier <> p.from_tier AS moved
    FROM promotion p JOIN agent g ON g.id = p.agent_id JOIN node n ON n.id = p.agent_id
    WHERE p.id = ANY(${ids}::uuid[])`;
  return rows.map(({ toTier, parentId, requestedById, ownerIds, moved, ...row }) => ({
    ...common(
      { ...row, action: "", title: `Promote to ${toTier.charAt(0).toUpperCase()}${toTier.slice(1)}` },
      "promotion",
      {
        kind: "promotion",
        parentId,
        requestedById,
        ownerIds,
        moved,
      },
    ),
    action: null,
  }));
}

async function unclassified(db: Db, names: string[]): Promise<WaitingRow[]> {
  const rows = await db.$queryRaw<{ id: string; open: boolean; since: Date; agentIds: string[] }[]>`
    SELECT u.action AS id, u.first_at AS since,
      u.dismissed_at IS NULL AND NOT EXISTS (SELECT 1 FROM action c WHERE c.id = u.action) AS open,
      ARRAY(SELECT DISTINCT e.agent_id FROM action_use e WHERE e.action = u.action) AS "agentIds"
    FROM unclassified_action u WHERE u.action = ANY(${names}::text[])`;
  return rows.map(({ id, open, since, agentIds }) => ({
    kind: "action",
    id,
    open,
    since,
    risk: "medium",
    title: "Classify an action",
    action: id,
    target: id,
    agent: null,
    onBehalfOf: null,
    amount: null,
    deadline: null,
    assignee: null,
    asks: { kind: "action", agentIds },
  }));
}
