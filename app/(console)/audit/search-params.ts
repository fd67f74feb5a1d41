import { parseAsString } from "nuqs/server";

import { parseAsInstant } from "@/app/(console)/_components/parse-instant";
import { facet, tableParams, tableState } from "@/components/data-table/table-params";
import { ACTION_GROUPS, ACTOR_KINDS } from "@/lib/audit/schemas";

export const auditParams = tableParams({
  ...tableState({ sorts: ["at"], defaultSort: { id: "at", desc: true } }),
  actor: facet(ACTOR_KINDS),
  what: facet(ACTION_GROUPS),
  /** Id of one subject or one actor. */
  subject: parseAsString.withDefault(""),
  by: parseAsString.withDefault(""),
  /** Slug of a node: records of its subtree. */
  node: parseAsString.withDefault(""),
  from: parseAsInstant,
  /** Exclusive. */
  to: parseAsInstant,
});
