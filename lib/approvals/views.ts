import type { LimitRefusal } from "@/lib/budgets/views";
import type { DecisionDetail } from "@/lib/decisions/decision-detail";
import type { RunTrail, TimelineEntry } from "@/lib/runs/timeline";

const APPROVAL_STATES = ["pending", "approved", "rejected", "expired", "cancelled"] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

/** What "decided" can be narrowed to. */
export const SETTLED_STATES = ["approved", "rejected", "expired", "cancelled"] as const satisfies ApprovalState[];

export const RISKS = ["high", "medium", "low"] as const;
export type Risk = (typeof RISKS)[number];

/** One line of what was decided: who wanted to do what to what, how risky, and what became of it. */
export interface ApprovalRow {
  id: string;
  action: string;
  actionTitle: string;
  /** Agent's text: what it would be done to. */
  target: string | null;
  agent: AgentLabel;
  /** Agent's text: the person that it acts for. */
  onBehalfOf: string | null;
  risk: Risk;
  reversibility: Reversibility | null;
  code: string;
  state: ApprovalState;
  requestedAt: Date;
  deadline: Date;
  /** When it was decided, expired or was cancelled. */
  decidedAt: Date | null;
  decidedBy: string | null;
  runId: string;
}

export type Reversibility = "reversible" | "compensable" | "irreversible";

interface AgentLabel {
  id: string;
  slug: string;
  name: string;
}

export interface PersonLabel {
  id: string;
  name: string;
  email: string;
}

/** What the viewer may do with an approval, and why not. See lib/approvals/standing.ts. */
export type Standing = "may_decide" | "excluded" | "not_asked" | "no_role" | "settled";

/** What stops the agent from using an approval, should it be given now. */
export type Obstacle =
  | { kind: "everything_halted"; reason: string | null }
  | { kind: "subtree_suspended"; name: string }
  | { kind: "agent_suspended"; reason: string | null }
  | { kind: "agent_retired" }
  | { kind: "run_ended"; status: string }
  | LimitRefusal;

/** Everything that a reviewer needs to decide without opening another system. */
export interface ApprovalDetail {
  id: string;
  state: ApprovalState;
  risk: Risk;
  requestedAt: Date;
  deadline: Date;
  decidedAt: Date | null;
  decidedBy: PersonLabel | null;
  comment: string | null;
  validUntil: Date | null;
  redeemedAt: Date | null;
  redeemedByDecisionId: string | null;
  standing: Standing;
  approvers: PersonLabel[];
  excluded: PersonLabel[];
  obstacles: Obstacle[];
  decision: DecisionDetail;
  trail: RunTrail;
  /** What the run did before it asked: the latest entries, oldest first. */
  before: TimelineEntry[];
  precedents: Precedents;
}

/** How the same agent's requests for the same action ended. */
export interface Precedents {
  /** Among the latest 200. */
  counts: { approved: number; rejected: number; expired: number; cancelled: number };
  latest: Precedent[];
}

interface Precedent {
  id: string;
  state: ApprovalState;
  target: string | null;
  requestedAt: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
  comment: string | null;
}
