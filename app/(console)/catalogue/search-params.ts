import { facet, openFacet, tableParams, tableState } from "@/components/data-table/table-params";
import { ACTION_SORTS } from "@/lib/catalogue/list-params";
import { IMPACTS, KINDS, REVERSIBILITIES } from "@/lib/tiers/matrices";

export const catalogueParams = tableParams({
  ...tableState({ sorts: ACTION_SORTS, defaultSort: { id: "id", desc: false } }),
  system: openFacet(),
  kind: facet(KINDS),
  reversibility: facet(REVERSIBILITIES),
  impact: facet(IMPACTS),
});
