import type { ApprovalState, Risk } from "@/lib/approvals/views";

export interface ApprovalFilter {
  search: string;
  /** Slugs of agents. */
  agent: readonly string[];
  action: readonly string[];
  risk: readonly Risk[];
  state: readonly ApprovalState[];
}

export const APPROVAL_SORTS = ["risk", "deadline", "requestedAt", "decidedAt", "agent", "action"] as const;
type ApprovalSort = (typeof APPROVAL_SORTS)[number];

export interface ApprovalListParams extends ApprovalFilter {
  sort: { id: ApprovalSort; desc: boolean };
  /** From 1. */
  page: number;
  /** At most 100. */
  pageSize: number;
}
