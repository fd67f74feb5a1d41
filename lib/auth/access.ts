import { subtree, type TreeNode } from "@/lib/agents/tree";
import { roleAllows, type Permission, type Role } from "@/lib/auth/permissions";

interface Binding {
  role: Role;
  nodeId: string;
}

/** What a signed-in person may see and do: computed per request from the role bindings and the chart. */
export interface Access {
  personId: string;
  /** Whether the person holds the permission on this node. */
  can(permission: Permission, nodeId: string): boolean;
  /** Whether the person holds it anywhere. */
  canAnywhere(permission: Permission): boolean;
  /** Whether the person holds it at the root, that is for the whole organisation. */
  canEverywhere(permission: Permission): boolean;
  /** The nodes on which the person holds it; "all" when that is the whole chart (queries then need no list). */
  nodes(permission: Permission): "all" | ReadonlySet<string>;
}

/** Sight follows the subtree (invariant I12): each binding covers its node and everything below. */
export function accessOf(personId: string, bindings: readonly Binding[], chart: readonly TreeNode[]): Access {
  const root = chart.find((node) => node.parentId === null)?.id;
  const cache = new Map<Permission, "all" | ReadonlySet<string>>();
  const nodes = (permission: Permission): "all" | ReadonlySet<string> => {
    const known = cache.get(permission);
    if (known) return known;
    const roots = bindings.filter((binding) => roleAllows(binding.role, permission)).map((binding) => binding.nodeId);
    const reach = root !== undefined && roots.includes(root) ? "all" : subtree(chart, roots);
    cache.set(permission, reach);
    return reach;
  };
  return {
    personId,
    nodes,
    can: (permission, nodeId) => {
      const reach = nodes(permission);
      return reach === "all" || reach.has(nodeId);
    },
    canAnywhere: (permission) => {
      const reach = nodes(permission);
      return reach === "all" || reach.size > 0;
    },
    canEverywhere: (permission) => nodes(permission) === "all",
  };
}

/** A filter on a column that holds a node's (or agent's) id: `{}` for the whole chart, else `{in: […]}` under that column. */
export function within<K extends string>(
  access: Access,
  permission: Permission,
  column: K,
): { [P in K]?: { in: string[] } } {
  const reach = access.nodes(permission);
  const filter: { [P in K]?: { in: string[] } } = {};
  if (reach !== "all") filter[column] = { in: [...reach] };
  return filter;
}
