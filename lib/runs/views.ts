import type { RunTrail } from "@/lib/runs/timeline";
import type { Json } from "@/lib/kernel/json";

export const RUN_STATUSES = ["running", "succeeded", "failed", "blocked", "halted", "lost"] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export const RUN_MODES = ["live", "shadow"] as const;
export type RunMode = (typeof RUN_MODES)[number];

export const EVENT_KINDS = ["llm", "tool", "step", "output", "error", "log"] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export const RUN_SORTS = ["startedAt", "duration", "decisions", "denials", "escalations", "cost"] as const;
export type RunSort = (typeof RUN_SORTS)[number];

/** What the table can be narrowed to: something was denied, something was escalated, some usage has no price. */
export const RUN_FINDINGS = ["denials", "escalations", "unpriced"] as const;
export type RunFinding = (typeof RUN_FINDINGS)[number];

/** One line of the table of runs. Money is decimal micro-USD. */
export interface RunRow {
  id: string;
  agent: { id: string; slug: string; name: string };
  status: RunStatus;
  mode: RunMode;
  /** Agent's text. */
  trigger: { kind: string; source: string | null; reference: string | null };
  onBehalfOf: string | null;
  delegated: boolean;
  startedAt: Date;
  endedAt: Date | null;
  decisions: number;
  denials: number;
  escalations: number;
  events: number;
  costMicroUsd: string;
  /** Model calls of unknown cost: the cost is then a floor, not the whole. */
  unpricedCalls: number;
}

/** The head of a run's page. */
export interface RunDetail {
  id: string;
  status: RunStatus;
  trail: RunTrail;
  /** Patterns that narrowed it; empty is all that its agent has. */
  scope: string[];
  startedAt: Date;
  endedAt: Date | null;
  leaseUntil: Date;
  decisions: number;
  denials: number;
  escalations: number;
  events: number;
  waiting: number;
  inputTokens: string;
  outputTokens: string;
  costMicroUsd: string;
  unpricedCalls: number;
  input: Json;
  output: Json;
  followUp: Json;
  error: Json;
  blocker: Json;
  credential: { name: string; prefix: string } | null;
  children: ChildRun[];
  childCount: number;
  /** The viewer may end it. */
  mayHalt: boolean;
}

export interface ChildRun {
  id: string;
  agent: { slug: string; name: string };
  status: RunStatus;
  startedAt: Date;
}
