/** What the gate takes and gives, as its OpenAPI document says. No dependency, so that the file can be lifted into any agent. */
export interface StartRun {
  trigger: { kind: string; source?: string; reference?: string };
  input?: unknown;
  onBehalfOf?: { subject: string; authenticatedAt?: string };
  instruction?: string;
  model?: string;
  mode?: "live" | "shadow";
  ttlSeconds?: number;
  /** Of a child run: which agent, and patterns that narrow what it may do. */
  agent?: string;
  scope?: string[];
}

export interface StartedRun {
  runId: string;
  token: string;
  expiresAt: string;
  agent: { id: string; slug: string; tier: string; version: number };
  parentRunId?: string;
}

export interface AskRequest {
  action: string;
  args: Record<string, unknown>;
  resource?: Record<string, unknown>;
  evidence?: {
    reason?: string;
    confidence?: number;
    sources?: unknown[];
    references?: unknown[];
    alternatives?: unknown[];
  };
  estimate?: { costUsd?: number; tokens?: number };
  approvalId?: string;
}

export interface Answer {
  decisionId: string;
  effect: "allow" | "deny" | "escalate";
  code: string;
  message: string;
  approval?: { id: string; deadline: string; waitUrl: string };
  review?: { deadline: string };
  /** Of `rate_limited`: who waits as long may ask again. */
  retryAfterMs?: number;
  /** An envelope is nearly used up. */
  windDown: boolean;
  /** What is left of the envelopes that bind the run. */
  remaining: { usd?: number; tokens?: number; calls?: number };
}

export interface ApprovalStatus {
  state: "pending" | "approved" | "rejected" | "expired" | "cancelled";
  decidedAt?: string;
  validUntil?: string;
  comment?: string;
  /** What was approved: ask again with exactly these, a person may have changed them. */
  args?: Record<string, unknown>;
  /** Of a pending one. */
  question?: ApprovalQuestion;
}

/** What a person wants to know before they decide. */
export interface ApprovalQuestion {
  id: string;
  text: string;
  askedAt: string;
}

/** What a person, or a rule, wants undone: fetched by the agent's software, under a lease. */
export interface Task {
  id: string;
  kind: "rollback";
  action: string;
  args: Record<string, unknown>;
  /** Which time it is handed out: a report names it. */
  attempt: number;
  leaseUntil: string;
  deadline: string;
  reason: string;
  undoes: { decisionId: string; runId: string; action: string; args: Record<string, unknown> };
}

export interface TaskReport {
  outcome: "done" | "failed";
  attempt: number;
  /** How it went, for the people who read it. */
  detail?: string;
}

export interface ApprovalReply {
  text: string;
  evidence?: AskRequest["evidence"];
}

/** Against a decision of this run that denied, once. */
export interface AppealRequest {
  decisionId: string;
  reason: string;
  evidence?: AskRequest["evidence"];
}

/** `permit`: ask again with `approvalId`, for exactly the same action, arguments and resource, once. `change`: what denied is being changed. */
export interface AppealStatus {
  appealId: string;
  state: "pending" | "upheld" | "granted";
  outcome?: "permit" | "change";
  decidedAt?: string;
  comment?: string;
  approvalId?: string;
  validUntil?: string;
}

export type RunEvent = { id: string; at: string; kind: "llm" | "tool" | "step" | "output" | "error" | "log" } & Record<
  string,
  unknown
>;

export interface EventsReport {
  accepted: number;
  duplicates: number;
  rejected: { id: string; code: string }[];
  /** The latest tool result was an error and worth trying again. */
  retry?: { afterMs: number; attempt: number; max: number };
  state: "continue" | "wind_down" | "halt";
}

export interface Completion {
  outcome: "succeeded" | "failed" | "blocked" | "halted";
  output?: unknown;
  followUp?: unknown;
  error?: unknown;
  blocker?: { reason: string; needs?: string };
}

/** An answer of the gate that is not 2xx: `application/problem+json` (RFC 9457). */
export class RemitProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly field?: string,
  ) {
    super(message);
    this.name = "RemitProblem";
  }
}
