import { parseAsStringLiteral } from "nuqs/server";
import { openFacet, tableParams, tableState, type TableQuery } from "@/components/data-table/table-params";
import type { AppealListParams } from "@/lib/appeals/queries";
import { APPEAL_QUEUES } from "@/lib/appeals/views";

const table = {
  ...tableState({ sorts: ["openedAt"], defaultSort: { id: "openedAt", desc: true }, pageSize: 50 }),
  agent: openFacet(),
};

/** The state of the queue of appeals in the URL. */
export const appealsParams = tableParams({ ...table, show: parseAsStringLiteral(APPEAL_QUEUES).withDefault("mine") });

/** Without the queue: which one is looked at is no filter to clear. */
export const appealsTableParams = tableParams(table);

type AppealsQuery = TableQuery<typeof appealsParams>;

export const listParamsOf = ({ q, size, show, ...query }: AppealsQuery): AppealListParams => ({
  ...query,
  queue: show,
  search: q,
  pageSize: size,
});
