import { facet, openFacet, tableParams, tableState, type TableQuery } from "@/components/data-table/table-params";
import { APPROVAL_SORTS, type ApprovalListParams } from "@/lib/approvals/list-params";
import { RISKS, SETTLED_STATES } from "@/lib/approvals/views";

const filters = {
  risk: facet(RISKS),
  agent: openFacet(),
  action: openFacet(),
  state: facet(SETTLED_STATES),
};

/** The state of the list of what was decided, in the URL. */
export const approvalsParams = tableParams({
  ...tableState({ sorts: APPROVAL_SORTS, defaultSort: { id: "decidedAt", desc: true }, pageSize: 50 }),
  ...filters,
});

type ApprovalsQuery = TableQuery<typeof approvalsParams>;

export const listParamsOf = ({ q, size, ...query }: ApprovalsQuery): ApprovalListParams => ({
  ...query,
  search: q,
  pageSize: size,
});
