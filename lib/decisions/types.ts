import type { Directory } from "@/lib/approvals/route/contacts";
import type { RouteStep } from "@/lib/approvals/route/plan";
import type { BudgetAnswer } from "@/lib/budgets/answer";
import type { Amounts, Counter } from "@/lib/budgets/envelope";
import type { Admission, TatUs } from "@/lib/budgets/rate";
import type { ActionView, AgentView, PersonView } from "@/lib/decisions/views";
import type { DecisionCode } from "@/lib/decisions/codes";
import type { Json, JsonObject } from "@/lib/kernel/json";
import type { MicroUsd } from "@/lib/kernel/money";
import type { CompiledRule } from "@/lib/policies/compile";
import type { Settings } from "@/lib/tiers/settings";

export type Effect = "allow" | "deny" | "escalate";

/** What a request may bring to support itself; kinds that an action requires are checked by name. */
export interface Evidence {
  reason?: string;
  /** 0 to 1. */
  confidence?: number;
  sources?: Json[];
  references?: Json[];
  alternatives?: Json[];
  proposedAction?: Json;
}

/** A run above in the chain of delegation. */
export interface DelegatingRun {
  runId: string;
  agentId: string;
  /** Patterns; empty is all that its agent has. */
  scope: readonly string[];
  status: RunStatus;
  /** Its token was revoked, so that what it delegated ends too. */
  tokenRevoked: boolean;
  onBehalfOf: OnBehalfOf | null;
  /** As `RunState.trigger`. */
  trigger?: JsonObject;
}

export interface OnBehalfOf {
  subject: string;
  authenticatedAt?: Date | null;
}

export type RunStatus = "running" | "succeeded" | "failed" | "blocked" | "halted" | "lost";

/** `facts[actionId][key]`: what earlier results in this run said. A string that is JSON was read as JSON. */
export type Facts = { readonly [actionId: string]: { readonly [key: string]: Json } };

/** The run as read under its lock. */
export interface RunState {
  id: string;
  agentId: string;
  status: RunStatus;
  mode: "live" | "shadow";
  depth: number;
  /** Patterns that narrow the run; empty is all that its agent has. */
  scope: readonly string[];
  startedAt: Date;
  leaseUntil: Date;
  tokenExpiresAt: Date;
  tokenRevoked: boolean;
  /** The credential that started it has been revoked since. */
  credentialRevoked: boolean;
  /** Nearest first, ending at the run that nobody delegated. */
  parents: readonly DelegatingRun[];
  onBehalfOf: OnBehalfOf | null;
  /** {kind, source?, reference?} */
  trigger: JsonObject;
  instruction: string | null;
  model: string | null;
  facts: Facts;
  /** Data classes of what the run has read so far. */
  dataClasses: readonly string[];
}

/** The approval that a request names, as read under its lock. */
export interface ApprovalClaim {
  id: string;
  runId: string;
  agentId: string;
  action: string;
  /** Hex, as `Request.argsHash`. */
  argsHash: string;
  /** Of the request that asked, as it was shown to whoever approved; absent: not looked at. */
  resource?: JsonObject | null;
  state: "pending" | "approved" | "rejected" | "expired" | "cancelled";
  validUntil: Date | null;
  redeemedAt: Date | null;
  /** Until then it counts as pending, since it can still be undone; null or absent: it was released at once. */
  releaseAt?: Date | null;
  /** What it answered: `questionsOf(checks)` of the decision that asked, and what edited arguments asked beside. */
  questions: readonly string[];
  /** Of a permit: the rules, as they were, whose deny it overrides once. See lib/decisions/permit.ts. */
  overrides?: readonly string[];
}

/** One authorisation request. All of it is data: nothing is looked up while deciding. */
export interface Request {
  run: RunState;
  action: string;
  args: JsonObject;
  /** Hex of `argsHash(action, args)` of lib/kernel/json.ts. */
  argsHash: string;
  resource: JsonObject | null;
  evidence: Evidence | null;
  estimate: { costMicroUsd?: MicroUsd; tokens?: number } | null;
  /** undefined: names none; null: names one that does not exist. */
  approval?: ApprovalClaim | null;
}

/** What has been used so far, before this request. */
export interface Usage {
  run: {
    decisions: number;
    denials: number;
    escalations: number;
    events: number;
    inputTokens: number;
    outputTokens: number;
    costMicroUsd: MicroUsd;
    unpricedCalls: number;
  };
  /** Absent: nothing was asked before. */
  rate?: RateState;
  /** The envelopes that bind the run, with what they hold. Absent: they are not looked at. */
  budget?: readonly Counter[];
}

/** The buckets of check 5. */
export interface RateState {
  /** The run's own: its revision orders who changes it. */
  runTatUs: TatUs;
  /** What the agent's bucket said, which all gates share: it is asked before. null: it was not. */
  agent: Admission | null;
}

export const CHECKS = [
  "identity",
  "catalogue",
  "authority",
  "tier",
  "rate",
  "budget",
  "evidence",
  "policy",
  "reversibility",
  "approval",
] as const;
export type CheckName = (typeof CHECKS)[number];

/** `skip`: the check had nothing to say, for example because the action is not known. */
export type Outcome = "pass" | "deny" | "escalate" | "review" | "skip";

/** What one rule did to one request. */
export interface RuleOutcome {
  policy: string;
  version: number;
  rule: string;
  effect: "allow" | "review" | "escalate" | "deny";
  matched: boolean;
  /** A permit overrode its deny. */
  overridden?: true;
  /** Its condition could not be evaluated: why. A rule other than `allow` then counts as matched. */
  error?: string;
}

/** The trace of one check, stored with the decision. It is for the console: agents never see it. */
export interface CheckOutcome {
  check: CheckName;
  outcome: Outcome;
  code: DecisionCode;
  /** For people, in one sentence. */
  message: string;
  /** The small values that it depended on. */
  saw: JsonObject;
  /** Names of what it asks a person; an approval answers exactly these (see questionsOf). */
  questions?: string[];
  /** An approval answered all of its questions: it would otherwise have been `escalate`. */
  answered?: boolean;
  /** Of the policy check: every rule that was about this agent and action. */
  rules?: RuleOutcome[];
}

/** Who is asked, until when. */
export interface Escalation {
  code: DecisionCode;
  /** People who may decide, nearest first. Never empty unless nobody in the organisation may. */
  approverIds: string[];
  excludedIds: string[];
  /** So many distinct people must agree. */
  quorum: number;
  /** Of those who may decide: who is asked at once. */
  askedIds: string[];
  /** Whom it asks and when; `at` of those taken. */
  steps: RouteStep[];
  /** The last step that was taken. */
  step: number;
  /** When it is to be looked at whether somebody else is asked. */
  nextContactAt: Date | null;
  deadline: Date;
  risk: "low" | "medium" | "high";
}

export interface Decision {
  effect: Effect;
  code: DecisionCode;
  /** Public: what the agent is told. */
  message: string;
  checks: CheckOutcome[];
  /** Of an `escalate`. */
  escalation: Escalation | null;
  /** Of an `allow` that a person looks at afterwards: until when. */
  review: { deadline: Date } | null;
  /** The approval that this `allow` uses up. The gate marks it redeemed in the same transaction. */
  redeems: string | null;
  /** Ids of the agents' own grants that carried it: their last use. */
  grantIds: string[];
  /** An explicit allow stood beside a deny: its owner is told. Names as `policy/rule`. */
  conflict: { allows: string[]; denies: string[] } | null;
  /** What the agent is told of its envelopes. */
  budget: BudgetAnswer;
  /** What this `allow` of a live run holds in each of its envelopes; null where none binds it. */
  reserves: Amounts | null;
  /** It did not fit an envelope. */
  overBudget: boolean;
  /** The run's bucket with this request in it: what its next one starts from. */
  runTatUs: TatUs;
  /** Of `rate_limited`: who waits as long is admitted. */
  retryAfterMs: number | null;
}

/** The configuration, compiled: see compileSnapshot in lib/decisions/snapshot.ts. */
export interface Snapshot {
  readonly version: bigint;
  readonly killSwitch: boolean;
  readonly killSwitchReason: string | null;
  readonly settings: Settings;
  /** The stored settings do not parse: nothing is allowed until they do. */
  readonly settingsFault: string | null;
  readonly agents: ReadonlyMap<string, AgentView>;
  readonly actions: ReadonlyMap<string, ActionView>;
  /** All rules, for actions that are not in the catalogue. */
  readonly rules: readonly CompiledRule[];
  /** Actions whose results teach the run something. */
  readonly factActions: readonly string[];
  readonly people: ReadonlyMap<string, PersonView>;
  /** Lower-case e-mail → person's id. */
  readonly peopleByEmail: ReadonlyMap<string, string>;
  /** Who there is, who is on call and who is away. */
  readonly directory: Directory;
}
