import { readBoundary } from "@/lib/agents/boundary";
import type { Boundary } from "@/lib/agents/schemas";
import { rates, readEnvelope, type Envelope, type Rates } from "@/lib/budgets/schemas";
import type { Role } from "@/lib/auth/permissions";
import { fieldsOf } from "@/lib/catalogue/action-basis";
import { actionFields, type ActionFields } from "@/lib/catalogue/inputs";
import type { Db, Tx } from "@/lib/db/client";
import { rulesSchema, type Rule } from "@/lib/policies/schemas";
import type { ShiftUnit } from "@/lib/rotations/on-call";
import { clockOfMinute } from "@/lib/rotations/schemas";
import { settingsSchema, type SettingsInput } from "@/lib/tiers/settings";

/** The configuration as it is, in a manifest's terms: people by e-mail, nodes by slug. */
export interface Current {
  /** null: there is no root yet. */
  rootId: string | null;
  organisation: string;
  /** Of the root. */
  envelope: Envelope;
  settings: SettingsInput;
  people: CurrentPerson[];
  /** All but the root; parents by slug, in the order of the chart. */
  nodes: CurrentNode[];
  systems: { id: string; name: string; description: string | null }[];
  actions: CurrentAction[];
  rotations: CurrentRotation[];
  policies: CurrentPolicy[];
}
interface CurrentRotation {
  id: string;
  slug: string;
  name: string;
  node: string;
  members: string[];
  shiftLength: number;
  shiftUnit: ShiftUnit;
  handover: string;
  zone: string;
  startsOn: string;
}
interface CurrentPerson {
  id: string;
  email: string;
  name: string;
  timeZone: string | null;
  disabled: boolean;
  roles: { role: Role; node: string }[];
}
export interface CurrentNode {
  id: string;
  slug: string;
  parent: string;
  position: number;
  name: string;
  suspended: boolean;
  envelope: Envelope;
  is: { kind: "team"; lead: string | null } | { kind: "person"; email: string } | ({ kind: "agent" } & CurrentAgent);
}
interface CurrentAgent {
  owner: string;
  status: "active" | "suspended" | "retired";
  boundary: Boundary;
  rate: Rates;
  /** Live ones, by pattern. */
  grants: { id: string; pattern: string; condition: string | null; expiresAt: string | null }[];
}
interface CurrentAction {
  id: string;
  systemId: string;
  retired: boolean;
  fields: ActionFields;
}
interface CurrentPolicy {
  id: string;
  name: string;
  /** Retired, or not published yet. */
  inForce: boolean;
  rules: Rule[];
}

export const ROOT = "organisation";

/** Reads the whole configuration; call it inside one transaction, so that its parts fit together. */
export async function readCurrent(tx: Tx | Db, now: Date): Promise<Current> {
  const configuration = await tx.configuration.findUniqueOrThrow({ where: { id: 1 } });
  const people = await tx.person.findMany({
    orderBy: { email: "asc" },
    select: {
      id: true,
      email: true,
      name: true,
      timeZone: true,
      status: true,
      roles: { select: { role: true, node: { select: { slug: true } } } },
    },
  });
  const nodes = await readNodes(tx, now, new Map(people.map((person) => [person.id, person.email])));
  const systems = await tx.system.findMany({
    orderBy: { id: "asc" },
    select: { id: true, name: true, description: true, actions: { orderBy: { id: "asc" } } },
  });
  const rotations = await readRotations(tx, new Map(people.map((person) => [person.id, person.email])));
  const policies = await readPolicies(tx);
  const settings = settingsSchema.safeParse(configuration.settings);
  return {
    rootId: nodes.rootId,
    organisation: configuration.organisation,
    envelope: nodes.envelope,
    settings: settings.success ? settings.data : {},
    people: people.map(({ status, roles, ...person }) => ({
      ...person,
      disabled: status === "disabled",
      roles: roles.map(({ role, node }) => ({ role, node: node.slug })).toSorted(byRole),
    })),
    nodes: nodes.below,
    systems: systems.map(({ id, name, description }) => ({ id, name, description })),
    actions: systems.flatMap((system) =>
      system.actions.flatMap((action) => {
        const fields = actionFields.safeParse(fieldsOf(action));
        return fields.success
          ? [{ id: action.id, systemId: system.id, retired: action.retiredAt !== null, fields: fields.data }]
          : [];
      }),
    ),
    rotations,
    policies,
  };
}

const byRole = (a: { role: string; node: string }, b: { role: string; node: string }): number =>
  compare(a.node, b.node) || compare(a.role, b.role);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Flat queries, one after the other: a transaction has one connection. */
async function readNodes(
  tx: Tx | Db,
  now: Date,
  emails: ReadonlyMap<string, string>,
): Promise<{ rootId: string | null; envelope: Envelope; below: CurrentNode[] }> {
  const rows = await tx.node.findMany({ orderBy: [{ position: "asc" }, { slug: "asc" }] });
  const agents = await readAgents(tx, now, emails);
  const slugs = new Map(rows.map((row) => [row.id, row.slug]));
  const emailOf = (id: string | null): string | null => (id === null ? null : (emails.get(id) ?? null));
  const below = rows.flatMap(({ id, slug, kind, name, position, suspended, ...row }): CurrentNode[] => {
    const parent = row.parentId === null ? undefined : slugs.get(row.parentId);
    if (parent === undefined) return [];
    const shared = { id, slug, parent, name, position, suspended, envelope: readEnvelope(row.envelope) };
    const agent = agents.get(id);
    if (kind === "person") return [{ ...shared, is: { kind, email: emailOf(row.personId) ?? "" } }];
    if (kind === "team" || !agent) return [{ ...shared, is: { kind: "team", lead: emailOf(row.leadId) } }];
    return [{ ...shared, is: { kind, ...agent, boundary: { ...agent.boundary, name } } }];
  });
  const root = rows.find((row) => row.parentId === null);
  return { rootId: root?.id ?? null, envelope: readEnvelope(root?.envelope), below };
}

async function readAgents(
  tx: Tx | Db,
  now: Date,
  emails: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, CurrentAgent>> {
  const rows = await tx.$queryRaw<AgentRow[]>`
    SELECT agent.id, agent.owner_id AS "ownerId", agent.status::text AS status, agent.tier::text AS tier, agent.rate,
      version.boundary
    FROM agent LEFT JOIN agent_version version ON version.agent_id = agent.id AND version.number = agent.version`;
  const grants = await tx.grant.findMany({
    where: { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
    orderBy: { pattern: "asc" },
    select: { id: true, agentId: true, pattern: true, condition: true, expiresAt: true },
  });
  const granted = new Map<string, CurrentAgent["grants"]>();
  for (const { agentId, expiresAt, ...grant } of grants) {
    const held = granted.get(agentId) ?? [];
    granted.set(agentId, [...held, { ...grant, expiresAt: expiresAt?.toISOString() ?? null }]);
  }
  return new Map(
    rows.map(({ id, ownerId, status, tier, ...row }): [string, CurrentAgent] => {
      const agent: CurrentAgent = {
        owner: emails.get(ownerId) ?? "",
        status,
        boundary: { ...readBoundary(row.boundary, "", tier), tier },
        rate: rates.safeParse(row.rate).data ?? {},
        grants: granted.get(id) ?? [],
      };
      return [id, agent];
    }),
  );
}

interface AgentRow {
  id: string;
  ownerId: string;
  status: CurrentAgent["status"];
  tier: Boundary["tier"];
  rate: unknown;
  boundary: unknown;
}

async function readRotations(tx: Tx | Db, emails: ReadonlyMap<string, string>): Promise<CurrentRotation[]> {
  const rows = await tx.rotation.findMany({
    orderBy: { slug: "asc" },
    select: {
      id: true,
      slug: true,
      name: true,
      memberIds: true,
      shiftLength: true,
      shiftUnit: true,
      handoverMinute: true,
      zone: true,
      startsOn: true,
      node: { select: { slug: true } },
    },
  });
  return rows.map(({ memberIds, handoverMinute, startsOn, node, ...row }) => ({
    ...row,
    node: node.slug,
    members: memberIds.flatMap((id) => emails.get(id) ?? []),
    handover: clockOfMinute(handoverMinute),
    startsOn: startsOn.toISOString().slice(0, 10),
  }));
}

async function readPolicies(tx: Tx | Db): Promise<CurrentPolicy[]> {
  const rows = await tx.$queryRaw<{ id: string; name: string; inForce: boolean; rules: unknown }[]>`
    SELECT policy.id, policy.name, policy.retired_at IS NULL AND policy.published_version IS NOT NULL AS "inForce", version.rules
    FROM policy LEFT JOIN policy_version version ON version.policy_id = policy.id AND version.number = policy.published_version
    ORDER BY policy.id`;
  return rows.map(({ rules, ...policy }) => {
    const parsed = rulesSchema.safeParse(rules ?? []);
    return { ...policy, rules: parsed.success ? parsed.data : [] };
  });
}
