import { facet, tableParams, tableState } from "@/components/data-table/table-params";
import { POLICY_SORTS, POLICY_STATES } from "@/lib/policies/list-params";

/** The state of the table of policies in the URL. */
export const policiesParams = tableParams({
  ...tableState({ sorts: POLICY_SORTS, defaultSort: { id: "name", desc: false } }),
  state: facet(POLICY_STATES),
});
