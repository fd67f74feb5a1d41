import type { IncidentSource, IncidentState, Severity } from "@/lib/incidents/views";

export interface IncidentFilter {
  search: string;
  /** Empty: both. */
  state: readonly IncidentState[];
  severity: readonly Severity[];
  source: readonly IncidentSource[];
  /** Slugs of agents. */
  agent: readonly string[];
}

export const INCIDENT_SORTS = ["openedAt", "severity", "agent", "state"] as const;
type IncidentSort = (typeof INCIDENT_SORTS)[number];

export interface IncidentListParams extends IncidentFilter {
  sort: { id: IncidentSort; desc: boolean };
  /** From 1. */
  page: number;
  /** At most 100. */
  pageSize: number;
}
