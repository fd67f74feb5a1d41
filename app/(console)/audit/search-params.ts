import { parseAsString } from "nuqs/server";

import { parseAsInstant } from "@/app/(console)/_components/parse-instant";
import { facet, tableParams, tableState, type TableQuery } from "@/components/data-table/table-params";
import type { AuditParams } from "@/lib/audit/queries";
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

/** What the table and the export ask the record for. */
export const auditFilters = (query: TableQuery<typeof auditParams>): AuditParams => ({
  q: query.q,
  actorKinds: query.actor,
  actions: query.what,
  subjectId: query.subject || undefined,
  actorId: query.by || undefined,
  node: query.node || undefined,
  from: query.from ?? undefined,
  to: query.to ?? undefined,
});
