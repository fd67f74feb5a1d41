import type { CommandContext } from "@/lib/audit/change";
import type { Permission } from "@/lib/auth/permissions";
import { fail, ok, type Result } from "@/lib/kernel/result";

/**
 * Whether whoever acts may do this on the node; null stands for the whole organisation.
 * The operator at the machine and Remit itself pass; an agent never does; a person needs the permission on the node.
 * Errors: `not_found` when the person cannot even see the node (invariant I12: a foreign id does not exist), else `forbidden`.
 */
export function authorise(
  context: Pick<CommandContext, "actor" | "access">,
  permission: Permission,
  nodeId: string | null,
): Result<null> {
  const { actor, access } = context;
  switch (actor.kind) {
    case "cli":
    case "system":
      return ok(null);
    case "agent":
      return fail("forbidden", "Only people can do this.");
    case "person": {
      if (access?.personId !== actor.id) return fail("forbidden", "You do not have the role that this needs.");
      if (nodeId === null ? access.canEverywhere(permission) : access.can(permission, nodeId)) return ok(null);
      if (nodeId !== null && !access.can("chart.read", nodeId))
        return fail("not_found", "There is no such thing here.");
      return fail("forbidden", "You do not have the role that this needs.");
    }
  }
}
