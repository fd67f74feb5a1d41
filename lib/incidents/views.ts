export const INCIDENT_STATES = ["open", "resolved"] as const;
export type IncidentState = (typeof INCIDENT_STATES)[number];

/** Most severe first. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What opened it: a person, a rule of failure, or an action that could not be undone or that nobody looked at. */
export const INCIDENT_SOURCES = ["person", "tool_errors", "rejections", "rollback"] as const;
export type IncidentSource = (typeof INCIDENT_SOURCES)[number];
export type FailureRule = Exclude<IncidentSource, "person" | "rollback">;

export type EntryKind = "opened" | "seen" | "paused" | "note" | "resumed" | "resolved";

interface AgentLabel {
  id: string;
  slug: string;
  name: string;
}

export interface IncidentRow {
  id: string;
  title: string;
  state: IncidentState;
  severity: Severity;
  source: IncidentSource;
  agent: AgentLabel;
  /** It suspended the agent. */
  paused: boolean;
  runs: number;
  openedAt: Date;
  openedBy: string | null;
  resolvedAt: Date | null;
  resolvedBy: string | null;
  cause: string | null;
}

export interface IncidentEntryView {
  id: string;
  at: Date;
  kind: EntryKind;
  text: string;
  /** Null: Remit itself, or the operator at the machine. */
  person: string | null;
  actorKind: string;
  runId: string | null;
}

export interface IncidentRunView {
  id: string;
  status: "running" | "succeeded" | "failed" | "blocked" | "halted" | "lost";
  startedAt: Date;
  toolErrors: number;
}

export interface IncidentDetail extends Omit<IncidentRow, "runs"> {
  agentStatus: "active" | "suspended" | "retired";
  resumed: boolean;
  runs: IncidentRunView[];
  entries: IncidentEntryView[];
  /** Other incidents of the same agent that are open. */
  others: { id: string; title: string; severity: Severity }[];
  may: { note: boolean; resolve: boolean; resume: boolean };
}

export const CONFLICT_STATES = ["open", "resolved"] as const;
export type ConflictState = (typeof CONFLICT_STATES)[number];

export interface ConflictRow {
  id: string;
  agent: AgentLabel;
  /** `policy/rule` */
  allowRule: string;
  denyRule: string;
  /** Of the latest decision. */
  action: string;
  times: number;
  firstAt: Date;
  lastAt: Date;
  lastDecisionId: string;
  resolvedAt: Date | null;
  resolvedBy: string | null;
  note: string | null;
  mayResolve: boolean;
}
