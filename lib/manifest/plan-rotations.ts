import type { Current } from "@/lib/manifest/current";
import { error, type Finding } from "@/lib/manifest/finding";
import { titled } from "@/lib/manifest/flatten";
import type { Manifest } from "@/lib/manifest/schemas";
import { differences, type PlanStep } from "@/lib/manifest/steps";
import type { World } from "@/lib/manifest/world";

/** Rotations listed twice, at a node or with people that do not exist. */
export function checkRotations(manifest: Manifest, world: World): Finding[] {
  const seen = new Set<string>();
  return manifest.rotations.flatMap(({ id, node, members }, index) => {
    const path = ["rotations", index];
    const findings: Finding[] = [];
    if (seen.has(id)) findings.push(error([...path, "id"], `${id} is listed twice`));
    seen.add(id);
    if (!world.hasNode(node)) findings.push(error([...path, "node"], `there is no node ${node}`));
    for (const [at, email] of members.entries()) {
      if (!world.hasPerson(email)) findings.push(error([...path, "members", at], `there is no person ${email}`));
    }
    return findings;
  });
}

/** After people and chart, before the policies whose rules ask them. Those that are not listed are left alone. */
export function planRotations(manifest: Manifest, current: Current): PlanStep[] {
  const known = new Map(current.rotations.map((rotation) => [rotation.slug, rotation]));
  return manifest.rotations.flatMap(({ id: slug, name: given, shift, start, ...rest }): PlanStep[] => {
    const after = {
      name: given ?? titled(slug),
      ...rest,
      shiftLength: shift.length,
      shiftUnit: shift.unit,
      startsOn: start,
    };
    const before = known.get(slug);
    const changes = before ? differences({ ...before }, after) : [];
    if (before && changes.length === 0) return [];
    const act = { do: "rotation.save", slug, ...after } as const;
    return [{ verb: before ? "update" : "create", subject: "rotation", name: slug, changes, act }];
  });
}
