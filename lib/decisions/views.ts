import type { Level } from "@/lib/agents/attenuate";
import type { AgentEnvelopes } from "@/lib/budgets/envelope";
import type { AgentLimits } from "@/lib/budgets/limits";
import type { CompiledArguments } from "@/lib/catalogue/arguments";
import type { ActionRow, AgentRow, GrantRow } from "@/lib/decisions/rows";
import type { Compiled } from "@/lib/policies/cel/condition";
import type { ArgsTyping } from "@/lib/policies/cel/typing";
import type { BoundRule } from "@/lib/policies/compile";

/** A grant ready to be looked at. */
export interface GrantView extends GrantRow {
  readonly expiresAtMs: number | null;
  /** null: no condition. Typed where the pattern is one action's id. */
  readonly compiled: (() => Compiled) | null;
}

/** An agent with all that a decision needs of it and of the chart above it. */
export interface AgentView extends AgentRow {
  readonly slug: string;
  readonly name: string;
  /** The nearest node, itself included, whose subtree is suspended. */
  readonly suspendedBy: { readonly id: string; readonly name: string } | null;
  /** Ids of all nodes above, nearest first. */
  readonly ancestorIds: readonly string[];
  /** Own grants, then those of each agent above in the chart, nearest first. */
  readonly levels: readonly Level<GrantView>[];
  /** The levels with only the grants that match a known action. */
  levelsFor(actionId: string): readonly Level<GrantView>[];
  /** People who may decide for it, nearest first. */
  readonly approverIds: readonly string[];
  /** How often it may ask; null: its stored limits can not be read. */
  readonly limits: AgentLimits | null;
  /** Its envelopes and those of all above; null: one of them can not be read. */
  readonly envelopes: AgentEnvelopes | null;
}

export interface ActionView extends ActionRow {
  /** Compiled when first needed. A stored schema that does not compile fits nothing. */
  arguments(): CompiledArguments;
  /** How conditions see its arguments. */
  typing(): ArgsTyping;
  /** Rules whose pattern matches this action. */
  readonly rules: readonly BoundRule[];
}

export interface PersonView {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly active: boolean;
}
