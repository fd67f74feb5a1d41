import { facet, openFacet, tableParams, tableState, type TableQuery } from "@/components/data-table/table-params";
import { REVIEW_SORTS, type ReviewListParams } from "@/lib/reviews/list-params";
import { REVIEW_STATES } from "@/lib/reviews/views";

export const REVIEW_RISKS = ["high", "medium", "low"] as const;

export const reviewsParams = tableParams({
  ...tableState({ sorts: REVIEW_SORTS, defaultSort: { id: "createdAt", desc: true }, pageSize: 50 }),
  state: facet(REVIEW_STATES),
  risk: facet(REVIEW_RISKS),
  agent: openFacet(),
  action: openFacet(),
});
type ReviewsQuery = TableQuery<typeof reviewsParams>;

export const listParamsOf = (query: ReviewsQuery): ReviewListParams => ({
  search: query.q,
  state: query.state,
  risk: query.risk,
  agent: query.agent,
  action: query.action,
  sort: query.sort,
  page: query.page,
  pageSize: query.size,
});
