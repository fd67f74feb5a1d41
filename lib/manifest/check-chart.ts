import { error, warning, type Finding } from "@/lib/manifest/finding";
import { ROOT, type Current, type CurrentNode } from "@/lib/manifest/current";
import type { FlatNode } from "@/lib/manifest/flatten";
import type { ManifestAgent } from "@/lib/manifest/schemas";
import type { World } from "@/lib/manifest/world";
import { conditionFault } from "@/lib/policies/rule-faults";

const A = { team: "a team", person: "a person", agent: "an agent" } as const;

/** The key that carries a node's name in the file. */
const keyOf = (node: FlatNode): string => (node.kind === "person" && node.node.slug !== undefined ? "slug" : node.kind);

/** Nodes that stand twice, change their kind or come back from retirement; people who do not exist; grants that cannot work. */
export function checkChart(nodes: readonly FlatNode[], current: Current, world: World, now: Date): Finding[] {
  const existing = new Map(current.nodes.map((node) => [node.slug, node]));
  const places = new Map(
    current.nodes.flatMap((node) => (node.is.kind === "person" ? [[node.is.email, node.slug]] : [])),
  );
  const slugs = new Set<string>();
  const placed = new Set<string>();
  return nodes.flatMap((node) => {
    const findings: Finding[] = [];
    const at = [...node.path, keyOf(node)];
    if (node.slug === ROOT) findings.push(error(at, `${ROOT} is the root of the chart: list what stands below it`));
    else if (slugs.has(node.slug)) findings.push(error(at, `${node.slug} stands twice in the chart`));
    slugs.add(node.slug);
    const before = existing.get(node.slug);
    if (before) findings.push(...checkExisting(node, before, at));
    switch (node.kind) {
      case "team":
        findings.push(...checkLead(node.node.lead, before, node.path, world));
        break;
      case "person": {
        const email = node.node.person;
        if (!world.hasPerson(email)) findings.push(error([...node.path, "person"], `there is no person ${email}`));
        if (placed.has(email)) findings.push(error([...node.path, "person"], `${email} stands twice in the chart`));
        placed.add(email);
        const place = places.get(email);
        if (place !== undefined && place !== node.slug) {
          findings.push(error([...node.path, "person"], `${email} stands in the chart already, as ${place}`));
        }
        break;
      }
      case "agent":
        findings.push(...checkAgent(node.node, before, node.path, world, now));
    }
    return findings;
  });
}

function checkExisting(node: FlatNode, existing: CurrentNode, at: PropertyKey[]): Finding[] {
  const { is } = existing;
  if (is.kind !== node.kind) return [error(at, `${node.slug} is ${A[is.kind]} already, not ${A[node.kind]}`)];
  if (is.kind === "agent" && is.status === "retired") {
    return [error(at, `${node.slug} is retired: an agent that comes back needs a new name`)];
  }
  if (is.kind === "person" && node.kind === "person" && is.email !== node.node.person) {
    return [error(at, `${node.slug} is the place of ${is.email}`)];
  }
  return [];
}

function checkLead(
  lead: string | null,
  existing: CurrentNode | undefined,
  path: PropertyKey[],
  world: World,
): Finding[] {
  if (lead === null || world.hasActivePerson(lead)) return [];
  const unchanged = existing?.is.kind === "team" && existing.is.lead === lead;
  if (world.hasPerson(lead)) return unchanged ? [] : [error([...path, "lead"], `${lead} is disabled`)];
  return [error([...path, "lead"], `there is no person ${lead}`)];
}

function checkAgent(
  agent: ManifestAgent,
  existing: CurrentNode | undefined,
  path: PropertyKey[],
  world: World,
  now: Date,
): Finding[] {
  const findings: Finding[] = [];
  const { owner } = agent;
  const unchanged = existing?.is.kind === "agent" && existing.is.owner === owner;
  if (!world.hasPerson(owner)) findings.push(error([...path, "owner"], `there is no person ${owner}`));
  else if (!unchanged && !world.hasActivePerson(owner))
    findings.push(error([...path, "owner"], `${owner} is disabled`));
  for (const key of ["systemsRead", "systemsWritten"] as const) {
    for (const [index, system] of agent[key].entries()) {
      if (!world.hasSystem(system)) {
        findings.push(warning([...path, key, index], `there is no system ${system} in the catalogue`));
      }
    }
  }
  for (const [index, other] of agent.delegates.entries()) {
    const known = existing?.is.kind === "agent" && existing.is.boundary.delegates.includes(other);
    if (!known && !world.hasAgent(other))
      findings.push(error([...path, "delegates", index], `there is no agent ${other}`));
  }
  if (agent.instructions?.startsWith("sha256:") && !/^sha256:[0-9a-f]{64}$/.test(agent.instructions)) {
    findings.push(error([...path, "instructions"], "sha256: is followed by 64 hex digits"));
  }
  return [...findings, ...checkGrants(agent, path, world, now)];
}

function checkGrants(agent: ManifestAgent, path: PropertyKey[], world: World, now: Date): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const [index, { pattern, when, expires }] of (agent.grants ?? []).entries()) {
    const at = [...path, "grants", index];
    if (seen.has(pattern)) findings.push(error(at, `${pattern} is granted twice`));
    seen.add(pattern);
    if (!world.matchesSome(pattern)) findings.push(warning(at, `${pattern} matches no action of the catalogue`));
    if (expires !== null && new Date(expires) <= now) {
      findings.push(warning([...at, "expires"], "is in the past: the grant is left out"));
    }
    const fault = when === null ? null : conditionFault(when, [pattern], world);
    if (fault) findings.push(error([...at, "when"], fault));
  }
  return findings;
}
