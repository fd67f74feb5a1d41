import type { z } from "zod";

import { authorise } from "@/lib/auth/authorise";
import type { Permission } from "@/lib/auth/permissions";
import type { Viewer } from "@/lib/auth/viewer";
import { parseInput } from "@/lib/kernel/parse";
import { fail, type Result } from "@/lib/kernel/result";

/** What a server action asks before its command runs. */
export interface ActionSpec<Schema extends z.ZodType, T> {
  /** null: any signed-in person, for what concerns only themselves. */
  permission: Permission | null;
  /**
   * The node on which the permission is needed, found within the viewer's sight; null answers `not_found`.
   * "organisation" needs it at the root. Absent: held anywhere is enough to get in, and the command authorises on what it loads.
   */
  node?: "organisation" | ((input: z.output<Schema>, viewer: Viewer) => Promise<string | null>);
  input: Schema;
  run: (viewer: Viewer, input: z.output<Schema>) => Promise<Result<T>>;
}

/** The order of every action: somebody is signed in → the input is valid → the permission is held on the node → the command. */
export async function runAction<Schema extends z.ZodType, T>(
  spec: ActionSpec<Schema, T>,
  viewer: Viewer | null,
  raw: unknown,
): Promise<Result<T>> {
  if (!viewer) return fail("unauthenticated", "Your session has ended. Sign in again.");
  const parsed = parseInput(spec.input, raw);
  if (!parsed.ok) return parsed;
  const refusal = await refuse(spec, viewer, parsed.value);
  return refusal ?? (await spec.run(viewer, parsed.value));
}

async function refuse<Schema extends z.ZodType, T>(
  spec: ActionSpec<Schema, T>,
  viewer: Viewer,
  input: z.output<Schema>,
): Promise<ReturnType<typeof fail> | null> {
  if (spec.permission === null) return null;
  if (spec.node === undefined) {
    if (viewer.access.canAnywhere(spec.permission)) return null;
    return fail("forbidden", "You do not have the role that this needs.");
  }
  const nodeId = spec.node === "organisation" ? null : await spec.node(input, viewer);
  if (nodeId === null && spec.node !== "organisation") return fail("not_found", "There is no such thing here.");
  const allowed = authorise(viewer, spec.permission, nodeId);
  return allowed.ok ? null : allowed;
}
