import { parseAsInstant } from "@/app/(console)/_components/parse-instant";
import { facet, openFacet, tableParams, tableState, type TableQuery } from "@/components/data-table/table-params";
import type { RunListParams } from "@/lib/runs/list-params";
import { RUN_FINDINGS, RUN_MODES, RUN_SORTS, RUN_STATUSES } from "@/lib/runs/views";

/** The state of the table of runs in the URL, and its drill-down links. */
export const runsParams = tableParams({
  ...tableState({ sorts: RUN_SORTS, defaultSort: { id: "startedAt", desc: true }, pageSize: 50 }),
  status: facet(RUN_STATUSES),
  agent: openFacet(),
  trigger: openFacet(),
  with: facet(RUN_FINDINGS),
  mode: facet(RUN_MODES),
  /** Runs that were on at some moment from here … */
  from: parseAsInstant,
  /** … until before here: where a bucket of a chart leads. */
  to: parseAsInstant,
});

type RunsQuery = TableQuery<typeof runsParams>;

export const listParamsOf = ({ q, size, ...query }: RunsQuery): RunListParams => ({
  ...query,
  search: q,
  pageSize: size,
});
