import { matchesAction } from "@/lib/catalogue/match";

/** Names a tool of a transcript as an action, `system.verb`. */
export type ActionName = (tool: string) => string;

/** Where a tool belongs that nobody has classified. */
const UNCLASSIFIED = "unclassified";

/**
 * Every tool belongs to the given system; or else to the one system that the agent is granted and that has an action of this name.
 * What none or several have goes by `unclassified.`, which the gate records as such and leaves to the agent's owner.
 */
export function actionNames(
  system: string | null,
  catalogue: readonly string[],
  grants: readonly string[],
): ActionName {
  const granted = catalogue.filter((id) => grants.some((pattern) => matchesAction(pattern, id)));
  const known = new Set(catalogue);
  return (tool) => {
    const verb = tool.replaceAll(/[^A-Za-z0-9_.-]+/g, "_").replaceAll(/^[^A-Za-z0-9]+|\.+$/g, "") || "tool";
    if (system !== null) return `${system}.${verb}`;
    if (known.has(verb)) return verb;
    const [only, ...others] = granted.filter((id) => id.slice(id.indexOf(".") + 1) === verb);
    return only !== undefined && others.length === 0 ? only : `${UNCLASSIFIED}.${verb}`;
  };
}
