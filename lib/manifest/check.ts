import { checkChart } from "@/lib/manifest/check-chart";
import { checkCatalogue, checkPolicies } from "@/lib/manifest/check-rules";
import type { Current } from "@/lib/manifest/current";
import { error, type Finding } from "@/lib/manifest/finding";
import { flatten } from "@/lib/manifest/flatten";
import { checkRotations } from "@/lib/manifest/plan-rotations";
import type { Manifest } from "@/lib/manifest/schemas";
import { worldOf } from "@/lib/manifest/world";

/** Every reference that leads nowhere, everything that stands twice, every schema and condition that does not compile. Pure. */
export function checkManifest(manifest: Manifest, current: Current, now: Date): Finding[] {
  const nodes = flatten(manifest);
  const world = worldOf(manifest, nodes, current);
  return [
    ...checkPeople(manifest, world.hasNode),
    ...checkChart(nodes, current, world, now),
    ...checkCatalogue(manifest, world),
    ...checkRotations(manifest, world),
    ...checkPolicies(manifest, world),
  ];
}

function checkPeople(manifest: Manifest, hasNode: (slug: string) => boolean): Finding[] {
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const [index, person] of manifest.people.entries()) {
    const path = ["people", index];
    if (seen.has(person.email)) findings.push(error([...path, "email"], `${person.email} is listed twice`));
    seen.add(person.email);
    const roles = new Set<string>();
    for (const [at, { role, node }] of (person.roles ?? []).entries()) {
      if (!hasNode(node)) findings.push(error([...path, "roles", at, "node"], `there is no node ${node}`));
      const key = `${role} ${node}`;
      if (roles.has(key)) findings.push(error([...path, "roles", at], `${role} of ${node} is listed twice`));
      roles.add(key);
    }
  }
  return findings;
}
