import { parseAsInstant } from "@/app/(console)/_components/parse-instant";
import { facet, openFacet, tableParams, tableState, type TableQuery } from "@/components/data-table/table-params";
import { RULE_EFFECTS } from "@/lib/policies/schemas";

/** The decisions behind the counts of a policy's rules. */
export const hitsParams = tableParams({
  ...tableState({ sorts: ["at"], defaultSort: { id: "at", desc: true } }),
  rule: openFacet(),
  effect: facet(RULE_EFFECTS),
  agent: openFacet(),
  mode: facet(["live", "shadow"]),
  from: parseAsInstant,
  /** Exclusive. */
  to: parseAsInstant,
});

export type HitsQuery = TableQuery<typeof hitsParams>;
