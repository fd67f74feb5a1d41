"use client";
import { CornerDownRight, ListTree } from "lucide-react";
import { TimeRange } from "@/app/(console)/_components/time-range";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import type { Facet, FacetOption } from "@/components/data-table/facet-filter";
import { AgentChip } from "@/components/domain/agent-chip";
import { RUN_STATUSES as STATUS_LOOKS, RunStatusBadge } from "@/components/domain/run-status-badge";
import { useLive } from "@/components/live/live";
import { Badge } from "@/components/ui/badge";
import { formatCount } from "@/components/ui/format/number";
import { Time } from "@/components/ui/time";
import { RUN_STATUSES, type RunFinding, type RunMode, type RunRow } from "@/lib/runs/views";
import { runsParams } from "../search-params";
import { Cost } from "./cost";
import { RunDuration } from "./run-duration";

const column = columnsOf<RunRow>();

const columns = column.columns([
  column.accessor((row) => row.agent.name, {
    id: "agent",
    header: "Agent",
    meta: { className: "min-w-44" },
    cell: ({ row: { original: run } }) => (
      <span className="inline-flex max-w-full items-center gap-2">
        <AgentChip name={run.agent.name} />
        {run.mode === "shadow" && <Badge tone="info">Shadow</Badge>}
        {run.delegated && (
          <span title="Delegated by another run" className="shrink-0 text-muted">
            <CornerDownRight aria-label="Delegated by another run" className="size-3.5" />
          </span>
        )}
      </span>
    ),
  }),
  column.accessor("id", {
    header: "Run",
    meta: { className: "w-24", hiddenByDefault: true },
    cell: ({ getValue }) => (
      <span className="font-mono text-xs" title={getValue()}>
        …{getValue().slice(-8)}
      </span>
    ),
  }),
  column.accessor("status", {
    header: "Status",
    meta: { className: "w-28", card: "corner" },
    cell: ({ getValue }) => <RunStatusBadge status={getValue()} />,
  }),
  column.accessor((row) => row.trigger.kind, {
    id: "trigger",
    header: "Trigger",
    meta: { className: "max-w-36 truncate" },
    cell: ({ row: { original: run } }) => {
      const about = run.trigger.reference ?? run.trigger.source;
      return (
        <span title={[run.trigger.kind, run.trigger.source, run.trigger.reference].filter(Boolean).join(" · ")}>
          {run.trigger.kind}
          {about !== null && <span className="text-muted"> {about}</span>}
        </span>
      );
    },
  }),
  column.accessor("onBehalfOf", {
    header: "For",
    meta: { className: "max-w-36 truncate" },
    cell: ({ getValue }) => getValue() ?? <span className="text-faint">–</span>,
  }),
  column.accessor("startedAt", {
    header: "Started",
    meta: { className: "w-24" },
    cell: ({ getValue }) => <Time value={getValue()} className="text-muted" />,
  }),
  column.display({
    id: "duration",
    header: "Duration",
    meta: { className: "w-20", align: "end" },
    cell: ({ row: { original: run } }) => <RunDuration startedAt={run.startedAt} endedAt={run.endedAt} />,
  }),
  column.accessor("decisions", {
    header: "Decisions",
    meta: { className: "w-20", align: "end" },
    cell: ({ getValue }) => formatCount(getValue()),
  }),
  column.accessor("denials", {
    header: "Denied",
    meta: { className: "w-16", align: "end" },
    cell: ({ getValue }) => <Count value={getValue()} className="font-medium text-deny-text" />,
  }),
  column.accessor("escalations", {
    header: "Escalated",
    meta: { className: "w-20", align: "end" },
    cell: ({ getValue }) => <Count value={getValue()} className="font-medium text-escalate-text" />,
  }),
  column.accessor("costMicroUsd", {
    id: "cost",
    header: "Cost",
    meta: { className: "w-24", align: "end" },
    cell: ({ row: { original: run } }) => <Cost microUsd={run.costMicroUsd} unpricedCalls={run.unpricedCalls} />,
  }),
]);

function Count({ value, className }: { value: number; className: string }) {
  return value === 0 ? <span className="text-faint">0</span> : <span className={className}>{formatCount(value)}</span>;
}

const FINDINGS: Record<RunFinding, string> = {
  denials: "Denials",
  escalations: "Escalations",
  unpriced: "Unpriced calls",
};
const MODES: Record<RunMode, string> = { live: "Live", shadow: "Shadow" };

interface RunsTableProps {
  rows: readonly RunRow[];
  total: number;
  agents: readonly FacetOption[];
  triggers: readonly FacetOption[];
}

export function RunsTable({ rows, total, agents, triggers }: RunsTableProps) {
  useLive(["runs"]);
  const facets: Facet[] = [
    {
      id: "status",
      label: "Status",
      options: RUN_STATUSES.map((value) => ({ value, label: STATUS_LOOKS[value].label })),
    },
    { id: "agent", label: "Agent", options: agents },
    { id: "trigger", label: "Trigger", options: triggers },
    { id: "with", label: "With", options: options(FINDINGS) },
    { id: "mode", label: "Mode", options: options(MODES) },
  ];
  return (
    <DataTable
      fill
      name="Runs"
      noun={{ one: "run", many: "runs" }}
      params={runsParams}
      columns={columns}
      rows={rows}
      rowId={(run) => run.id}
      rowHref={(run) => `/runs/${run.id}`}
      paging={{ kind: "page", total }}
      searchLabel="Search runs"
      descFirst={["startedAt", "duration", "decisions", "denials", "escalations", "cost"]}
      facets={facets}
      toolbar={<TimeRange />}
      empty={{
        icon: ListTree,
        title: "No runs yet",
        description: "A run appears here as soon as an agent starts one through the gate.",
      }}
    />
  );
}

const options = (labels: Record<string, string>): FacetOption[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));
