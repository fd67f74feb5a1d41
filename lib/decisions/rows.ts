import type { Role } from "@/lib/auth/permissions";
import type { Json } from "@/lib/kernel/json";
import type { Away } from "@/lib/people/away";
import type { Rotation } from "@/lib/rotations/on-call";

/**
 * What a snapshot is compiled from: the rows of one configuration version, as selected from the store.
 * Every field is a plain value, so that tests, simulation and the gate build snapshots alike.
 */
export interface SnapshotRows {
  configuration: { version: bigint; killSwitch: boolean; killSwitchReason: string | null; settings: unknown };
  people: readonly PersonRow[];
  bindings: readonly { personId: string; role: Role; nodeId: string }[];
  nodes: readonly NodeRow[];
  agents: readonly AgentRow[];
  /** Those not revoked; expiry is looked at when deciding. */
  grants: readonly GrantRow[];
  actions: readonly ActionRow[];
  /** The published version of each policy that is not retired. */
  policies: readonly PolicyRow[];
  rotations: readonly RotationRow[];
  /** Those that are not over. */
  absences: readonly AbsenceRow[];
}

export interface RotationRow extends Rotation {
  slug: string;
  name: string;
}

export interface AbsenceRow extends Away {
  personId: string;
}

export interface PersonRow {
  id: string;
  email: string;
  name: string;
  status: "active" | "disabled";
}

export interface NodeRow {
  id: string;
  parentId: string | null;
  kind: "team" | "person" | "agent";
  slug: string;
  name: string;
  suspended: boolean;
  /** Envelope of lib/budgets/schemas.ts. Absent: none. */
  envelope?: unknown;
  /** Of a team. */
  leadId: string | null;
  /** Of a person node. */
  personId: string | null;
}

export type Tier = "observe" | "recommend" | "prepare" | "execute" | "escalate";

export interface AgentRow {
  id: string;
  ownerId: string;
  status: "active" | "suspended" | "retired";
  tier: Tier;
  version: number;
  /** Rates of lib/budgets/schemas.ts: what differs from the settings. Absent: nothing. */
  rate?: unknown;
}

export interface GrantRow {
  id: string;
  agentId: string;
  pattern: string;
  /** CEL */
  condition: string | null;
  expiresAt: Date | null;
}

export interface ActionRow {
  id: string;
  systemId: string;
  title: string | null;
  kind: "read" | "draft" | "propose" | "execute";
  reversibility: "reversible" | "compensable" | "irreversible";
  impact: "low" | "medium" | "high";
  dataClasses: readonly string[];
  /** JSON Schema; null takes any object. */
  args: Json;
  evidence: readonly string[];
  fact: Json;
  retiredAt: Date | null;
}

export interface PolicyRow {
  id: string;
  version: number;
  /** Rule[] of lib/policies/schemas.ts */
  rules: unknown;
}
