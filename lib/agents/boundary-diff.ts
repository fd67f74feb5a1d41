import type { Boundary } from "@/lib/agents/schemas";

/** One difference between two versions: a value replaced, or members of a list added and taken away. */
export type BoundaryChange =
  | { field: keyof Boundary; kind: "value"; before: string | null; after: string | null }
  | { field: keyof Boundary; kind: "list"; added: string[]; removed: string[] };

const FIELDS = [
  "name",
  "purpose",
  "tier",
  "model",
  "framework",
  "instructionsHash",
  "systemsRead",
  "systemsWritten",
  "neverData",
  "delegates",
] as const satisfies readonly (keyof Boundary)[];

/** What changed from one version to another, in the order in which pages show the fields. Order inside a list says nothing. */
export function diffBoundaries(before: Boundary, after: Boundary): BoundaryChange[] {
  return FIELDS.flatMap((field): BoundaryChange[] => {
    const [was, is] = [before[field], after[field]];
    if (Array.isArray(was) && Array.isArray(is)) {
      const added = is.filter((one) => !was.includes(one));
      const removed = was.filter((one) => !is.includes(one));
      return added.length + removed.length > 0 ? [{ field, kind: "list", added, removed }] : [];
    }
    if (Array.isArray(was) || Array.isArray(is)) return [];
    return was === is ? [] : [{ field, kind: "value", before: was, after: is }];
  });
}
