import type { EvidenceView } from "@/lib/decisions/evidence-view";
import type { StoredCheck } from "@/lib/decisions/stored-checks";
import type { Json, JsonObject } from "@/lib/kernel/json";

/** Everything that is known of one decision, for the console. Plain JSON, since timelines fetch it: times are ISO text. */
export interface DecisionDetail {
  id: string;
  runId: string;
  agent: { id: string; slug: string; name: string };
  action: ActionLabel;
  /** Agent's text: what it would be done to. */
  target: string | null;
  args: JsonObject;
  /** Hex of SHA-256 over action and canonical arguments. */
  argsHash: string;
  resource: Json;
  evidence: EvidenceView | null;
  estimate: { costUsd: number | null; tokens: number | null } | null;
  effect: "allow" | "deny" | "escalate";
  code: string;
  /** What the agent was told. */
  message: string;
  checks: StoredCheck[];
  rules: RuleText[];
  mode: "live" | "shadow";
  configVersion: string;
  latencyUs: number;
  at: string;
  reviewDeadline: string | null;
  /** The approval that it used up. */
  redeemedApprovalId: string | null;
  /** The approval that it asked for. */
  approvalId: string | null;
  /** Where the tamper-evident record of it stands. */
  record: { stream: string; seq: string; hash: string; mayOpen: boolean } | null;
}

/** The action as the catalogue knows it now; `kind` is null where the catalogue does not know it. */
export interface ActionLabel {
  id: string;
  title: string;
  description: string | null;
  system: string | null;
  kind: "read" | "draft" | "propose" | "execute" | null;
  reversibility: "reversible" | "compensable" | "irreversible" | null;
  impact: "low" | "medium" | "high" | null;
  dataClasses: string[];
  rollback: string | null;
}

/** A rule that spoke, with its text as published in the version that was in force. */
export interface RuleText {
  policy: string;
  policyName: string | null;
  version: number;
  rule: string;
  effect: string;
  matched: boolean;
  error: string | null;
  /** CEL; null when it has no condition or its text is gone. */
  when: string | null;
  message: string | null;
}
