import { parseAsStringLiteral } from "nuqs/server";
import { facet, openFacet, tableParams, tableState, type TableQuery } from "@/components/data-table/table-params";
import { APPROVAL_SORTS, type ApprovalFilter, type ApprovalListParams } from "@/lib/approvals/list-params";
import { QUEUES, RISKS, SETTLED_STATES } from "@/lib/approvals/views";

const filters = {
  risk: facet(RISKS),
  agent: openFacet(),
  action: openFacet(),
  state: facet(SETTLED_STATES),
};

const table = {
  ...tableState({ sorts: APPROVAL_SORTS, defaultSort: { id: "risk", desc: true }, pageSize: 50 }),
  ...filters,
};

/** The state of the queue in the URL; the same query follows an item, so that its page knows what comes next. */
export const approvalsParams = tableParams({ ...table, queue: parseAsStringLiteral(QUEUES).withDefault("mine") });

/** Without the queue: which tab one is on is no filter to clear. */
export const approvalsTableParams = tableParams(table);

export type ApprovalsQuery = TableQuery<typeof approvalsParams>;

export const filterOf = (query: ApprovalsQuery): ApprovalFilter => ({
  queue: query.queue,
  search: query.q,
  agent: query.agent,
  action: query.action,
  risk: query.risk,
  state: query.state,
});

export const listParamsOf = (query: ApprovalsQuery): ApprovalListParams => ({
  ...filterOf(query),
  sort: query.sort,
  page: query.page,
  pageSize: query.size,
});

/** An item's address within the queue that it is looked at from. */
export const itemHref = (query: ApprovalsQuery, id: string): string => approvalsParams.href(`/approvals/${id}`, query);
