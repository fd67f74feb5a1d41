import type { Viewer } from "@/lib/auth/viewer";
import { withinSql } from "@/lib/auth/within-sql";
import { Prisma } from "@/lib/db/generated/client";
import type { ItemKind } from "@/lib/inbox/item";

/** How one kind of item is found: what waits of it within a person's sight (invariant I12), and what of that waits for the person. */
export interface Branch {
  kind: ItemKind;
  from: Prisma.Sql;
  /** Joined where a search looks. */
  searchJoins: Prisma.Sql;
  searched: readonly Prisma.Sql[];
  /** The key's column, in its own type: indexes serve it. */
  id: Prisma.Sql;
  risk: Prisma.Sql;
  /** `infinity` where there is none. */
  deadline: Prisma.Sql;
  since: Prisma.Sql;
  action: Prisma.Sql;
  /** Null where an item is not about one agent. */
  agentId: Prisma.Sql;
  assigneeId: Prisma.Sql;
  snoozedUntil: Prisma.Sql;
  waits: Prisma.Sql;
  mine: Prisma.Sql;
  /** Whose it is: true where one of these agents is concerned. */
  ofAgents: (slugs: readonly string[]) => Prisma.Sql;
}

const NONE = Prisma.sql`NULL::uuid`;
const NEVER = Prisma.sql`'infinity'::timestamptz`;
const AWAKE = Prisma.sql`NULL::timestamptz`;
const DECIDED_AT_LEISURE = { deadline: NEVER, assigneeId: NONE, snoozedUntil: AWAKE };

const agentsIn =
  (column: Prisma.Sql) =>
  (slugs: readonly string[]): Prisma.Sql =>
    Prisma.sql`${column} IN (SELECT id FROM node WHERE slug = ANY(${[...slugs]}::text[]))`;

/** Every kind that this person may see at all. The same rules as lib/inbox/item-for.ts, which tells what a single changed row is for a person. */
export function branchesFor(viewer: Viewer, kinds: readonly ItemKind[]): Branch[] {
  const all: Record<ItemKind, (viewer: Viewer) => Branch | null> = {
    approval,
    review,
    appeal,
    conflict,
    promotion,
    action: unclassified,
  };
  return (Object.keys(all) as ItemKind[])
    .filter((kind) => kinds.length === 0 || kinds.includes(kind))
    .flatMap((kind) => all[kind](viewer) ?? []);
}

function approval({ access, person, clock }: Viewer): Branch | null {
  if (!access.canAnywhere("approval.read")) return null;
  const me = Prisma.sql`ARRAY[${person.id}::uuid]`;
  return {
    kind: "approval",
    from: Prisma.sql`approval a
      LEFT JOIN approval_snooze s ON s.approval_id = a.id AND s.person_id = ${person.id}::uuid
      LEFT JOIN approval_vote v ON v.approval_id = a.id AND v.person_id = ${person.id}::uuid`,
    searchJoins: Prisma.sql`JOIN node n ON n.id = a.agent_id LEFT JOIN action c ON c.id = a.action JOIN run r ON r.id = a.run_id`,
    // Arguments are searched as their JSON text: an identifier in them is what a customer's letter names.
    searched: [
      Prisma.sql`n.name`,
      Prisma.sql`n.slug`,
      Prisma.sql`a.action`,
      Prisma.sql`c.title`,
      Prisma.sql`a.id::text`,
      Prisma.sql`r.on_behalf_of->>'subject'`,
      Prisma.sql`left(a.args::text, 20000)`,
    ],
    id: Prisma.sql`a.id`,
    risk: Prisma.sql`a.risk`,
    deadline: Prisma.sql`a.deadline`,
    since: Prisma.sql`a.requested_at`,
    action: Prisma.sql`a.action`,
    assigneeId: Prisma.sql`a.assignee_id`,
    snoozedUntil: Prisma.sql`s.until`,
    waits: Prisma.sql`a.state = 'pending' AND a.deadline > ${clock.now()}::timestamptz
      AND ${withinSql(access, "approval.read", "a.agent_id")}`,
    mine: Prisma.sql`((a.asked_ids @> ${me} OR (a.assignee_id = ${person.id}::uuid AND a.approver_ids @> ${me}))
      AND NOT a.excluded_ids @> ${me} AND v.person_id IS NULL
      AND (a.assignee_id IS NULL OR a.assignee_id = ${person.id}::uuid OR a.quorum > 1)
      AND ${withinSql(access, "approval.decide", "a.agent_id")})`,
    agentId: Prisma.sql`a.agent_id`,
    ofAgents: agentsIn(Prisma.sql`a.agent_id`),
  };
}

function review({ access, person, clock }: Viewer): Branch | null {
  if (!access.canAnywhere("approval.read")) return null;
  return {
    ...DECIDED_AT_LEISURE,
    kind: "review",
    from: Prisma.sql`review w`,
    searchJoins: Prisma.sql`JOIN node n ON n.id = w.agent_id LEFT JOIN action c ON c.id = w.action JOIN decision d ON d.id = w.decision_id`,
    searched: [
      Prisma.sql`n.name`,
      Prisma.sql`n.slug`,
      Prisma.sql`w.action`,
      Prisma.sql`c.title`,
      Prisma.sql`w.id::text`,
      Prisma.sql`left(d.args::text, 20000)`,
    ],
    id: Prisma.sql`w.id`,
    risk: Prisma.sql`w.risk`,
    deadline: Prisma.sql`w.deadline`,
    since: Prisma.sql`w.created_at`,
    action: Prisma.sql`w.action`,
    waits: Prisma.sql`w.state = 'waiting' AND w.deadline > ${clock.now()}::timestamptz
      AND ${withinSql(access, "approval.read", "w.agent_id")}`,
    mine: Prisma.sql`(NOT w.excluded_ids @> ARRAY[${person.id}::uuid]
      AND (w.asked_ids = '{}' OR w.asked_ids @> ARRAY[${person.id}::uuid]) AND ${withinSql(access, "approval.decide", "w.agent_id")})`,
    agentId: Prisma.sql`w.agent_id`,
    ofAgents: agentsIn(Prisma.sql`w.agent_id`),
  };
}

function appeal({ access, person }: Viewer): Branch | null {
  if (!access.canAnywhere("approval.read")) return null;
  const policies = access.canEverywhere("policy.write") ? Prisma.sql`l.subject = 'policy'` : Prisma.sql`FALSE`;
  return {
    ...DECIDED_AT_LEISURE,
    kind: "appeal",
    from: Prisma.sql`appeal l LEFT JOIN action c ON c.id = l.action`,
    searchJoins: Prisma.sql`JOIN node n ON n.id = l.agent_id`,
    searched: ["n.name", "n.slug", "l.action", "c.title", "l.reason", "l.id::text"].map((text) => Prisma.raw(text)),
    id: Prisma.sql`l.id`,
    risk: Prisma.sql`coalesce(c.impact, 'medium')`,
    since: Prisma.sql`l.opened_at`,
    action: Prisma.sql`l.action`,
    waits: Prisma.sql`l.state = 'pending' AND ${withinSql(access, "approval.read", "l.agent_id")}`,
    mine: Prisma.sql`(NOT l.excluded_ids @> ARRAY[${person.id}::uuid]
      AND (${policies} OR (l.subject = 'authority' AND ${withinSql(access, "agent.write", "l.agent_id")})))`,
    agentId: Prisma.sql`l.agent_id`,
    ofAgents: agentsIn(Prisma.sql`l.agent_id`),
  };
}

function conflict({ access }: Viewer): Branch | null {
  if (!access.canAnywhere("incident.read")) return null;
  return {
    ...DECIDED_AT_LEISURE,
    kind: "conflict",
    from: Prisma.sql`policy_conflict f LEFT JOIN action c ON c.id = f.action`,
    searchJoins: Prisma.sql`JOIN node n ON n.id = f.agent_id`,
    searched: ["n.name", "n.slug", "f.action", "c.title", "f.allow_rule", "f.deny_rule"].map((text) =>
      Prisma.raw(text),
    ),
    id: Prisma.sql`f.id`,
    risk: Prisma.sql`coalesce(c.impact, 'medium')`,
    since: Prisma.sql`f.first_at`,
    action: Prisma.sql`f.action`,
    waits: Prisma.sql`f.resolved_at IS NULL AND ${withinSql(access, "incident.read", "f.agent_id")}`,
    mine: withinSql(access, "incident.write", "f.agent_id"),
    agentId: Prisma.sql`f.agent_id`,
    ofAgents: agentsIn(Prisma.sql`f.agent_id`),
  };
}

function promotion({ access, person }: Viewer): Branch | null {
  if (!access.canAnywhere("chart.read")) return null;
  return {
    ...DECIDED_AT_LEISURE,
    kind: "promotion",
    from: Prisma.sql`promotion p JOIN agent g ON g.id = p.agent_id JOIN node n ON n.id = p.agent_id`,
    searchJoins: Prisma.empty,
    searched: ["n.name", "n.slug", "p.reason"].map((text) => Prisma.raw(text)),
    id: Prisma.sql`p.id`,
    risk: Prisma.sql`(CASE p.to_tier WHEN 'execute' THEN 'high' ELSE 'medium' END)::impact`,
    since: Prisma.sql`p.requested_at`,
    action: Prisma.sql`NULL::text`,
    waits: Prisma.sql`p.state = 'pending' AND ${withinSql(access, "chart.read", "p.agent_id")}`,
    mine: Prisma.sql`(g.tier = p.from_tier AND p.requested_by_id IS DISTINCT FROM ${person.id}::uuid
      AND ${person.id}::uuid <> ALL(array_append(g.past_owner_ids, g.owner_id)) AND ${withinSql(access, "promotion.decide", "n.parent_id")})`,
    agentId: Prisma.sql`p.agent_id`,
    ofAgents: agentsIn(Prisma.sql`p.agent_id`),
  };
}

function unclassified({ access }: Viewer): Branch | null {
  if (!access.canAnywhere("catalogue.read")) return null;
  const used = (more: Prisma.Sql) => Prisma.sql`EXISTS (SELECT 1 FROM action_use e
    WHERE e.action = u.action AND ${withinSql(access, "chart.read", "e.agent_id")} AND ${more})`;
  return {
    ...DECIDED_AT_LEISURE,
    kind: "action",
    from: Prisma.sql`unclassified_action u`,
    searchJoins: Prisma.empty,
    searched: [Prisma.sql`u.action`],
    id: Prisma.sql`u.action COLLATE "C"`,
    risk: Prisma.sql`'medium'::impact`,
    since: Prisma.sql`u.first_at`,
    action: Prisma.sql`u.action`,
    waits: Prisma.sql`u.dismissed_at IS NULL AND NOT EXISTS (SELECT 1 FROM action c WHERE c.id = u.action)
      AND ${used(Prisma.sql`TRUE`)}`,
    mine: access.canEverywhere("catalogue.write") ? Prisma.sql`TRUE` : Prisma.sql`FALSE`,
    agentId: NONE,
    ofAgents: (slugs) => used(agentsIn(Prisma.sql`e.agent_id`)(slugs)),
  };
}
