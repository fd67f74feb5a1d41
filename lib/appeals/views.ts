import type { AppealSubject } from "@/lib/appeals/appealable";
import type { PermitFault } from "@/lib/appeals/permit-for";
import type { DecisionDetail } from "@/lib/decisions/decision-detail";
import type { EvidenceView } from "@/lib/decisions/evidence-view";
import type { RunTrail } from "@/lib/runs/timeline";

const APPEAL_STATES = ["pending", "upheld", "granted"] as const;
export type AppealState = (typeof APPEAL_STATES)[number];

/** mine: waits for this person. waiting: for anybody in sight. answered: the rest. */
export const APPEAL_QUEUES = ["mine", "waiting", "answered"] as const;
export type AppealQueue = (typeof APPEAL_QUEUES)[number];

export interface AppealRow {
  id: string;
  action: string;
  actionTitle: string;
  /** Agent's text: what it would be done to. */
  target: string | null;
  agent: { id: string; slug: string; name: string };
  /** Agent's text. */
  reason: string;
  /** `policy/rule` */
  rules: string[];
  code: string;
  state: AppealState;
  outcome: "permit" | "change" | null;
  openedAt: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
}

/** Whether the viewer may answer it, or the first reason why not. */
export type AppealStanding = "may_answer" | "not_yours" | "excluded" | "answered";

export interface AppealDetail {
  id: string;
  state: AppealState;
  outcome: "permit" | "change" | null;
  subject: AppealSubject;
  rules: string[];
  /** Agent's text. */
  reason: string;
  evidence: EvidenceView | null;
  openedAt: Date;
  decidedAt: Date | null;
  decidedBy: string | null;
  comment: string | null;
  /** The permit, and what became of it. */
  permit: { approvalId: string; validUntil: Date | null; redeemedAt: Date | null } | null;
  standing: AppealStanding;
  /** Null: a permit can be given. */
  permitFault: PermitFault | "run_over" | "no_role" | null;
  runOpen: boolean;
  decision: DecisionDetail;
  trail: RunTrail;
}
