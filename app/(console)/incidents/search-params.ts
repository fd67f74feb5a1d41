import { parseAsStringLiteral } from "nuqs/server";
import { facet, openFacet, tableParams, tableState, type TableQuery } from "@/components/data-table/table-params";

import { INCIDENT_SORTS, type IncidentListParams } from "@/lib/incidents/list-params";
import { CONFLICT_STATES, INCIDENT_SOURCES, INCIDENT_STATES, SEVERITIES } from "@/lib/incidents/views";

/** The state of the table of incidents in the URL, and its drill-down links. */
export const incidentsParams = tableParams({
  ...tableState({ sorts: INCIDENT_SORTS, defaultSort: { id: "openedAt", desc: true }, pageSize: 50 }),
  state: facet(INCIDENT_STATES),
  severity: facet(SEVERITIES),
  source: facet(INCIDENT_SOURCES),
  agent: openFacet(),
});

type IncidentsQuery = TableQuery<typeof incidentsParams>;

export const listParamsOf = ({ q, size, ...query }: IncidentsQuery): IncidentListParams => ({
  ...query,
  search: q,
  pageSize: size,
});

/** Of the contradictions of policies. */
export const conflictsParams = tableParams({
  ...tableState({ sorts: ["lastAt"], defaultSort: { id: "lastAt", desc: true }, pageSize: 50 }),
  show: parseAsStringLiteral(CONFLICT_STATES).withDefault("open"),
});
