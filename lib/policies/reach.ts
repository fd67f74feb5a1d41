import { decidersAt, namedBy, type Directory } from "@/lib/approvals/route/contacts";
import { directoryOf } from "@/lib/approvals/route/directory";
import type { Role } from "@/lib/auth/permissions";
import type { RotationRow } from "@/lib/decisions/rows";
import { contactsOf } from "@/lib/policies/contacts-of";
import type { Rule } from "@/lib/policies/schemas";

/** Who there is to ask, by name: people by lower-case e-mail, the rest by slug. Plain data, that crosses to the browser. */
export interface People {
  people: readonly { email: string; isActive: boolean }[];
  nodes: readonly { slug: string; parent: string | null }[];
  roles: readonly { email: string; role: Role; node: string }[];
  rotations: readonly { slug: string; members: readonly string[] }[];
  /** Those that are not retired. */
  agents: readonly { slug: string; owner: string }[];
}

/** How many people a rule can ask at most, for the agent for which most can be asked; null: it is about no agent yet. */
export type Reach = (rule: Rule) => number | null;

/** Finds out for many rules at once. People count who may decide: an owner whom the rule excludes, or somebody without the role, does not. */
export function reachOf(people: People): Reach {
  const directory = byName(people);
  const names = {
    personIdOf: (email: string) => (directory.people.has(email) ? email : undefined),
    nodeIdOf: (slug: string) => (directory.nodes.has(slug) ? slug : undefined),
  };
  return (rule) => {
    const contacts = contactsOf([...(rule.to ?? []), ...(rule.then ?? []).flatMap((step) => step.to)], names);
    const named = contacts.flatMap((contact) => namedBy(contact, directory, NEVER));
    let most: number | null = null;
    for (const agent of people.agents) {
      if (!isAbout(rule, agent.slug, directory)) continue;
      const may = new Set(decidersAt(agent.slug, directory));
      if (rule.excludeOwner) may.delete(agent.owner);
      const asked = new Set(named.filter((email) => may.has(email)));
      most = Math.max(most ?? 0, asked.size > 0 ? asked.size : may.size);
      if (most >= (rule.quorum ?? 1)) break;
    }
    return most;
  };
}

/** At which nobody is on call: of a rotation all members count, since each has a turn. */
const NEVER = new Date(Number.NaN);

function isAbout({ match }: Rule, agent: string, { nodes }: Directory): boolean {
  if (!match.agents && !match.nodes) return true;
  if (match.agents?.includes(agent)) return true;
  const named = new Set(match.nodes);
  const seen = new Set<string>();
  let slug: string | null | undefined = agent;
  while (slug && !seen.has(slug)) {
    if (named.has(slug)) return true;
    seen.add(slug);
    slug = nodes.get(slug)?.parentId;
  }
  return false;
}

/** The directory in which everything is found by its name. */
function byName({ people, nodes, roles, rotations }: People): Directory {
  return directoryOf({
    people: people.map(({ email, isActive }) => ({
      id: email,
      email,
      name: email,
      status: isActive ? "active" : "disabled",
    })),
    nodes: nodes.map(({ slug, parent }) => ({
      id: slug,
      parentId: parent,
      kind: "team",
      slug,
      name: slug,
      suspended: false,
      leadId: null,
      personId: null,
    })),
    bindings: roles.map(({ email, role, node }) => ({ personId: email, role, nodeId: node })),
    rotations: rotations.map(({ slug, members }) => ({ ...NO_TURNS, slug, name: slug, memberIds: members })),
    absences: [],
  });
}

const NO_TURNS: Omit<RotationRow, "slug" | "name" | "memberIds"> = {
  shiftLength: 1,
  shiftUnit: "weeks",
  handoverMinute: 0,
  zone: "UTC",
  startsOn: "",
  overrides: [],
};
