import { boundary, type Boundary, type BoundaryFields } from "@/lib/agents/schemas";

import { hashOf } from "@/lib/kernel/json";

/** An agent about which nothing has been said. */
export const EMPTY_BOUNDARY: BoundaryFields = {
  purpose: null,
  instructionsHash: null,
  model: null,
  framework: null,
  systemsRead: [],
  systemsWritten: [],
  neverData: [],
  delegates: [],
};

/** What of a boundary is said beside name and tier. */
export function boundaryFieldsOf({ name: _name, tier: _tier, ...fields }: Boundary): BoundaryFields {
  return fields;
}

/** SHA-256 over the canonical boundary: two versions of one hash are the same definition. */
export const boundaryHash = (value: Boundary): Buffer => hashOf(value);

/** A stored boundary. What is missing in it counts as not said. */
export function readBoundary(stored: unknown, name: string, tier: Boundary["tier"]): Boundary {
  const fallback: Boundary = { ...EMPTY_BOUNDARY, name, tier };
  if (typeof stored !== "object" || stored === null) return fallback;
  const parsed = boundary.safeParse({ ...fallback, ...stored });
  return parsed.success ? parsed.data : fallback;
}

/** The names of the fields in which two boundaries differ, for the audit record. */
export function boundaryChanges(before: Boundary, after: Boundary): (keyof Boundary)[] {
  const keys = Object.keys(after) as (keyof Boundary)[];
  return keys.filter((key) => !hashOf(before[key]).equals(hashOf(after[key])));
}
