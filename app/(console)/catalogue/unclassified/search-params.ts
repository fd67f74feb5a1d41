import { parseAsStringLiteral } from "nuqs/server";

import { tableParams, tableState } from "@/components/data-table/table-params";
import { UNCLASSIFIED_SORTS, UNCLASSIFIED_STATES } from "@/lib/catalogue/unclassified-params";

export const unclassifiedParams = tableParams({
  ...tableState({ sorts: UNCLASSIFIED_SORTS, defaultSort: { id: "lastAt", desc: true } }),
  state: parseAsStringLiteral(UNCLASSIFIED_STATES).withDefault("waiting"),
});
