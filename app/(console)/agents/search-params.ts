import { parseAsString } from "nuqs/server";

import { facet, tableParams, tableState } from "@/components/data-table/table-params";
import { AGENT_SORTS, AGENT_STATUSES } from "@/lib/agents/list-params";
import { TIERS } from "@/lib/agents/schemas";

export const agentsParams = tableParams({
  ...tableState({ sorts: AGENT_SORTS, defaultSort: { id: "name", desc: false } }),
  status: facet(AGENT_STATUSES),
  tier: facet(TIERS),
  /** Slug of a node: agents below it. */
  node: parseAsString.withDefault(""),
});
