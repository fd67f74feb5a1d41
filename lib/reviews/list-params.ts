import type { ReviewState, Risk } from "@/lib/reviews/views";

export const REVIEW_SORTS = ["createdAt", "decidedAt", "deadline", "risk", "agent", "action"] as const;
type ReviewSort = (typeof REVIEW_SORTS)[number];

export interface ReviewListParams {
  search: string;
  /** Slugs of agents. */
  agent: readonly string[];
  action: readonly string[];
  risk: readonly Risk[];
  state: readonly ReviewState[];
  sort: { id: ReviewSort; desc: boolean };
  /** From 1. */
  page: number;
  /** At most 100. */
  pageSize: number;
}
