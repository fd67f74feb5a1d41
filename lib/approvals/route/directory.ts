import type { Directory } from "@/lib/approvals/route/contacts";
import type { SnapshotRows } from "@/lib/decisions/rows";

/** Who there is, who holds which role where, who is on call and who is away, found by id. Pure. */
export function directoryOf(
  rows: Pick<SnapshotRows, "people" | "nodes" | "bindings" | "rotations" | "absences">,
): Directory {
  return {
    people: new Map(rows.people.map((person) => [person.id, person])),
    nodes: new Map(rows.nodes.map((node) => [node.id, node])),
    bindingsByNode: grouped(rows.bindings, (one) => one.nodeId),
    rotations: new Map(rows.rotations.map((rotation) => [rotation.slug, rotation])),
    away: grouped(rows.absences, (one) => one.personId),
  };
}

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}
