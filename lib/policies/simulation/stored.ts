import type { DelegatingRun, OnBehalfOf } from "@/lib/decisions/types";
import type { Json, JsonObject } from "@/lib/kernel/json";
import type { MicroUsd } from "@/lib/kernel/money";

/** A decision as it was stored: what was asked, and what was answered. */
export interface StoredDecision {
  id: string;
  runId: string;
  agentId: string;
  action: string;
  at: Date;
  effect: "allow" | "deny" | "escalate";
  /** It was allowed, to be looked at afterwards. */
  reviewed: boolean;
  code: string;
  /** Of the configuration that decided it. */
  configVersion: bigint;
  /** Hex. */
  argsHash: string;
  /** null: not read, since no rule that differs is about its action, or too large to be read with others. */
  asked: StoredRequest | null;
  /** The approval or permit that it redeemed, the decision that asked for it, what that asked, and whose deny a permit overrides. */
  redeemed: {
    approvalId: string;
    askingId: string;
    questions: readonly string[];
    overrides: readonly string[];
  } | null;
}

/** What the agent sent. */
interface StoredRequest {
  args: JsonObject;
  resource: Json;
  evidence: Json;
  /** {costUsd?, tokens?} */
  estimate: Json;
}

/** What of a run does not change while it lasts. */
export interface StoredRun {
  id: string;
  agentId: string;
  mode: "live" | "shadow";
  depth: number;
  scope: readonly string[];
  startedAt: Date;
  tokenExpiresAt: Date;
  trigger: JsonObject;
  instruction: string | null;
  model: string | null;
  /** As it is now: a person may have signed in again since. */
  onBehalfOf: OnBehalfOf | null;
  /** Data classes that the run above had touched when it delegated. */
  inheritedClasses?: readonly string[];
  /** Nearest first. */
  parents: readonly DelegatingRun[];
}

/** What a tool result taught a run, and when. */
export interface FactNote {
  at: Date;
  action: string;
  key: string;
  value: Json;
}

/** What events that arrived together added to a run's usage. */
export interface UsageNote {
  at: Date;
  events: number;
  inputTokens: number;
  outputTokens: number;
  costMicroUsd: MicroUsd;
  unpricedCalls: number;
}

/** Data classes that a run got to know of otherwise than by reading. */
export interface ClassNote {
  at: Date;
  classes: readonly string[];
}

/** Earlier decisions of a run, counted. */
export interface DecisionCount {
  action: string;
  effect: StoredDecision["effect"];
  count: number;
}

/** A run with its past, each part in the order of time. */
export interface RunPast {
  run: StoredRun;
  facts: readonly FactNote[];
  usage: readonly UsageNote[];
  classes: readonly ClassNote[];
  /** Of the decisions before the first one that is replayed. */
  before: readonly DecisionCount[];
  /** A result was too large to be read again, so that an earlier value of a fact may be missing. */
  factsIncomplete: boolean;
}
