import { facet, tableParams, tableState } from "@/components/data-table/table-params";
import { ROLES } from "@/lib/auth/permissions";
import { PERSON_SORTS, PERSON_STATES } from "@/lib/people/list-params";

export const peopleParams = tableParams({
  ...tableState({ sorts: PERSON_SORTS, defaultSort: { id: "name", desc: false } }),
  state: facet(PERSON_STATES),
  role: facet(ROLES),
});
