import type { ValidateFunction } from "ajv";

import type { ActionRow, AgentRow, GrantRow } from "@/lib/decisions/rows";
import type { Condition, CompiledRule } from "@/lib/policies/compile";

/** A grant whose condition is compiled. */
export interface GrantView extends GrantRow {
  readonly expiresAtMs: number | null;
  readonly compiled: Condition | null;
}

/** An agent with all that a decision needs of it and of the chart above it. */
export interface AgentView extends AgentRow {
  readonly slug: string;
  readonly name: string;
  /** The nearest node, itself included, whose subtree is suspended. */
  readonly suspendedBy: { readonly id: string; readonly name: string } | null;
  /** Own id, then the agents above it in the chart, nearest first. */
  readonly chain: readonly string[];
  /** Ids of all nodes above, nearest first. */
  readonly ancestorIds: readonly string[];
  readonly grants: readonly GrantView[];
  /** People who may decide for it, nearest first, when no rule says otherwise. */
  readonly approverIds: readonly string[];
}

export interface ActionView extends ActionRow {
  /** null: any object will do. */
  readonly validate: ValidateFunction | null;
  /** The stored schema does not compile: nothing fits it. */
  readonly schemaError: string | null;
  /** Rules whose pattern matches this action. */
  readonly rules: readonly CompiledRule[];
}

export interface PersonView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly active: boolean;
}
