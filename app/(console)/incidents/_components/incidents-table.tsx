"use client";
import { CirclePause, Siren } from "lucide-react";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import type { FacetOption } from "@/components/data-table/facet-filter";
import { AgentChip } from "@/components/domain/agent-chip";
import {
  INCIDENT_SOURCE_LOOKS,
  INCIDENT_STATE_LOOKS,
  IncidentStateBadge,
} from "@/components/domain/incident-state-badge";
import { SEVERITY_LOOKS, SeverityBadge } from "@/components/domain/severity-badge";
import { useLive } from "@/components/live/live";
import { formatCount } from "@/components/ui/format/number";
import { Time } from "@/components/ui/time";
import { INCIDENT_SOURCES, INCIDENT_STATES, type IncidentRow, SEVERITIES } from "@/lib/incidents/views";
import { incidentsParams } from "../search-params";

const column = columnsOf<IncidentRow>();

const columns = column.columns([
  column.accessor("title", {
    header: "Incident",
    meta: { className: "min-w-64" },
    cell: ({ row: { original: row } }) => (
      <span className="inline-flex max-w-full items-center gap-2">
        <span className="min-w-0 truncate font-medium">{row.title}</span>
        {row.paused && (
          <span title="The agent was suspended" className="shrink-0 text-muted">
            <CirclePause aria-label="The agent was suspended" className="size-3.5" />
          </span>
        )}
      </span>
    ),
  }),
  column.accessor("state", {
    header: "State",
    meta: { className: "w-28", card: "corner" },
    cell: ({ getValue }) => <IncidentStateBadge state={getValue()} />,
  }),
  column.accessor("severity", {
    header: "Severity",
    meta: { className: "w-28" },
    cell: ({ getValue }) => <SeverityBadge severity={getValue()} />,
  }),
  column.accessor((row) => row.agent.name, {
    id: "agent",
    header: "Agent",
    meta: { className: "w-48" },
    cell: ({ row }) => <AgentChip name={row.original.agent.name} />,
  }),
  column.accessor((row) => row.openedBy ?? INCIDENT_SOURCE_LOOKS[row.source].label, {
    id: "openedBy",
    header: "Opened by",
    meta: { className: "max-w-40 truncate" },
  }),
  column.accessor("runs", {
    header: "Runs",
    meta: { className: "w-16", align: "end" },
    cell: ({ getValue }) => formatCount(getValue()),
  }),
  column.accessor("openedAt", {
    header: "Opened",
    meta: { className: "w-24" },
    cell: ({ getValue }) => <Time value={getValue()} className="text-muted" />,
  }),
  column.accessor("resolvedAt", {
    header: "Resolved",
    meta: { className: "w-24" },
    cell: ({ getValue }) => <Resolved at={getValue()} />,
  }),
]);

function Resolved({ at }: { at: Date | null }) {
  return at === null ? <span className="text-faint">–</span> : <Time value={at} className="text-muted" />;
}

interface IncidentsTableProps {
  rows: readonly IncidentRow[];
  total: number;
  agents: readonly FacetOption[];
}

export function IncidentsTable({ rows, total, agents }: IncidentsTableProps) {
  useLive(["incidents"]);
  return (
    <DataTable
      fill
      name="Incidents"
      noun={{ one: "incident", many: "incidents" }}
      params={incidentsParams}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) => `/incidents/${row.id}`}
      paging={{ kind: "page", total }}
      searchLabel="Search incidents"
      descFirst={["openedAt", "severity"]}
      facets={[
        {
          id: "state",
          label: "State",
          options: INCIDENT_STATES.map((value) => ({ value, label: INCIDENT_STATE_LOOKS[value].label })),
        },
        {
          id: "severity",
          label: "Severity",
          options: SEVERITIES.map((value) => ({ value, label: SEVERITY_LOOKS[value].label })),
        },
        {
          id: "source",
          label: "Opened by",
          options: INCIDENT_SOURCES.map((value) => ({ value, label: INCIDENT_SOURCE_LOOKS[value].label })),
        },
        { id: "agent", label: "Agent", options: agents },
      ]}
      empty={{
        icon: Siren,
        title: "No incidents",
        description:
          "Repeated tool errors or rejections open one by themselves; people open one from an agent or a run.",
      }}
    />
  );
}
