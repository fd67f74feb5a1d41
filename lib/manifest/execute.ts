import { createAgent } from "@/lib/agents/create";
import { addGrant } from "@/lib/agents/grant-add";
import { revokeGrant } from "@/lib/agents/grant-revoke";
import { moveNode } from "@/lib/agents/move";
import { createPersonNode } from "@/lib/agents/person-node-create";
import { renamePersonNode } from "@/lib/agents/person-node-update";
import { suspendSubtree } from "@/lib/agents/subtree-suspend";
import { suspendAgent } from "@/lib/agents/suspend";
import { createTeam } from "@/lib/agents/team-create";
import { updateTeam } from "@/lib/agents/team-update";
import { updateAgent } from "@/lib/agents/update";
import type { Step } from "@/lib/audit/command";
import { setEnvelope } from "@/lib/budgets/set-envelope";
import { saveAction } from "@/lib/catalogue/action-save";
import { saveSystem } from "@/lib/catalogue/system-save";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { ROOT, type Current } from "@/lib/manifest/current";
import type { Act } from "@/lib/manifest/steps";
import { renameOrganisation } from "@/lib/organisation/rename";
import { saveSettings } from "@/lib/organisation/settings-save";
import { createPerson } from "@/lib/people/create";
import { grantRole } from "@/lib/people/role-grant";
import { revokeRole } from "@/lib/people/role-revoke";
import { disablePerson } from "@/lib/people/status";
import { updatePerson } from "@/lib/people/update";
import { publishPolicy } from "@/lib/policies/publish";
import { createRotation } from "@/lib/rotations/create";
import { updateRotation } from "@/lib/rotations/update";

const REASON = "Suspended by a manifest";

/** Finds ids by what a manifest calls things; grows as steps make them. */
interface Names {
  people: Map<string, string>;
  nodes: Map<string, string>;
  /** Those that exist, by slug. */
  rotations: ReadonlyMap<string, string>;
  /** Of people who are made: argon2id hashes by e-mail. */
  passwordHashes: ReadonlyMap<string, string>;
}

export function namesOf(current: Current, passwordHashes: ReadonlyMap<string, string>): Names {
  const nodes = new Map(current.nodes.map((node) => [node.slug, node.id]));
  if (current.rootId !== null) nodes.set(ROOT, current.rootId);
  return {
    people: new Map(current.people.map((person) => [person.email, person.id])),
    nodes,
    rotations: new Map(current.rotations.map(({ slug, id }) => [slug, id])),
    passwordHashes,
  };
}

/** Does one step by the command that the console uses, inside the open change. */
export async function execute(step: Step, act: Act, names: Names): Promise<Result<unknown>> {
  const person = (email: string): string => found(names.people, email);
  const node = (slug: string): string => found(names.nodes, slug);
  switch (act.do) {
    case "organisation.create":
    case "organisation.rename":
      return remember(names.nodes, ROOT, await renameOrganisation.within(step, { name: act.name }));
    case "settings.save":
      return saveSettings.within(step, { settings: act.settings });
    case "person.create": {
      const { email, name, timeZone } = act;
      const passwordHash = names.passwordHashes.get(email) ?? null;
      return remember(names.people, email, await createPerson.within(step, { email, name, timeZone, passwordHash }));
    }
    case "person.update":
      return updatePerson.within(step, { personId: person(act.email), name: act.name, timeZone: act.timeZone });
    case "person.disable":
      return disablePerson.within(step, { personId: person(act.email) });
    case "role.grant":
      return grantRole.within(step, { personId: person(act.email), role: act.role, nodeId: node(act.node) });
    case "role.revoke":
      return revokeRole.within(step, { personId: person(act.email), role: act.role, nodeId: node(act.node) });
    case "team.create": {
      const { slug, name, position, lead } = act;
      const leadId = lead === null ? null : person(lead);
      const input = { parentId: node(act.parent), slug, name, position, leadId };
      return remember(names.nodes, slug, await createTeam.within(step, input));
    }
    case "team.update":
      return updateTeam.within(step, {
        id: node(act.slug),
        name: act.name,
        leadId: act.lead === null ? null : person(act.lead),
      });
    case "place.create": {
      const { slug, name, position, email } = act;
      const input = { parentId: node(act.parent), slug, name, position, personId: person(email) };
      return remember(names.nodes, slug, await createPersonNode.within(step, input));
    }
    case "place.update":
      return renamePersonNode.within(step, { id: node(act.slug), name: act.name });
    case "agent.create": {
      const { slug, position, rate } = act;
      const { name, tier, ...boundary } = act.boundary;
      const place = { parentId: node(act.parent), slug, name, position };
      const input = { ...place, tier, boundary, rate, ownerId: person(act.owner) };
      return remember(names.nodes, slug, await createAgent.within(step, input));
    }
    case "agent.update": {
      const { name, tier, ...boundary } = act.boundary;
      return updateAgent.within(step, {
        id: node(act.slug),
        name,
        tier,
        boundary,
        rate: act.rate,
        ownerId: person(act.owner),
      });
    }
    case "envelope.set":
      return setEnvelope.within(step, { id: node(act.slug), envelope: act.envelope });
    case "agent.suspend":
      return suspendAgent.within(step, { id: node(act.slug), reason: REASON });
    case "node.move":
      return moveNode.within(step, { id: node(act.slug), parentId: node(act.parent), position: act.position });
    case "node.suspend":
      return suspendSubtree.within(step, { id: node(act.slug), reason: REASON });
    case "grant.add": {
      const { pattern, condition } = act;
      const expiresAt = act.expiresAt === null ? null : new Date(act.expiresAt);
      return addGrant.within(step, { agentId: node(act.agent), pattern, condition, expiresAt });
    }
    case "grant.revoke":
      return revokeGrant.within(step, { id: act.grantId });
    case "system.save":
      return saveSystem.within(step, { id: act.id, name: act.name, description: act.description });
    case "action.save":
      return saveAction.within(step, { id: act.id, systemId: act.systemId, ...act.fields });
    case "rotation.save": {
      const { slug, node: at, members, do: _do, ...fields } = act;
      const input = { ...fields, nodeId: node(at), memberIds: members.map(person) };
      const id = names.rotations.get(slug);
      return id === undefined
        ? createRotation.within(step, { slug, ...input })
        : updateRotation.within(step, { id, ...input });
    }
    case "policy.publish":
      return publishPolicy.within(step, { id: act.id, name: act.name, rules: act.rules });
  }
}

function remember(ids: Map<string, string>, key: string, result: Result<{ id: string }>): Result<unknown> {
  if (result.ok) ids.set(key, result.value.id);
  return result.ok ? ok(null) : fail(result.error.code, result.error.message, result.error.field);
}

function found(ids: ReadonlyMap<string, string>, key: string): string {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`the plan names ${key} before it exists`);
  return id;
}
