import type { SnapshotRows } from "@/lib/decisions/rows";
import type { StoredDecision } from "@/lib/policies/simulation/stored";

/** Denials that follow from what was asked and from the rules: deciding again can find something else. */
const DECIDED_ANEW: ReadonlySet<string> = new Set([
  "action_retired",
  "args_invalid",
  "not_granted",
  "tier_denies",
  "evidence_missing",
  "missing_source",
  "policy_denied",
  "policy_conflict",
  "policy_error",
]);

/**
 * Whether a decision was refused for how things stood at that moment: who asked was suspended, the run had ended, a limit was
 * reached, an approval did not fit. No rule can make it anything but a denial, so that it is counted and not decided again. Codes
 * that are not listed above count as such, those of later checks included.
 */
export const refusedByStanding = ({ effect, code }: Pick<StoredDecision, "effect" | "code">): boolean =>
  effect === "deny" && !DECIDED_ANEW.has(code);

/**
 * The configuration with nobody stopped: what was asked while an agent was active is decided again as if it still were, whatever
 * happened to it since. Otherwise the rules against what a suspended agent did could not be tried on what it did.
 */
export const withNobodyStopped = (rows: SnapshotRows): SnapshotRows => ({
  ...rows,
  configuration: { ...rows.configuration, killSwitch: false, killSwitchReason: null },
  nodes: rows.nodes.map((node) => (node.suspended ? { ...node, suspended: false } : node)),
  agents: rows.agents.map((agent) => (agent.status === "active" ? agent : { ...agent, status: "active" as const })),
});

/** The configuration with one policy's rules replaced; a policy that is not in force is added. Its version is that of the trace only. */
export const withRules = (rows: SnapshotRows, policy: string, rules: unknown): SnapshotRows => {
  const inForce = rows.policies.find((one) => one.id === policy);
  const others = rows.policies.filter((one) => one.id !== policy);
  return { ...rows, policies: [...others, { id: policy, version: inForce?.version ?? 0, rules }] };
};
