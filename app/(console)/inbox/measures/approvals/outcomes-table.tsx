"use client";
import { Gauge } from "lucide-react";

import { TimeRange } from "@/app/(console)/_components/time-range";
import { outcomesParams } from "@/app/(console)/inbox/measures/search-params";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import type { FacetOption } from "@/components/data-table/facet-filter";
import { AgentChip } from "@/components/domain/agent-chip";
import { APPROVAL_STATES, ApprovalStateBadge } from "@/components/domain/approval-state-badge";
import { RiskLevelBadge } from "@/components/domain/risk-level-badge";
import { Badge } from "@/components/ui/badge";
import { Duration } from "@/components/ui/duration";
import { Time } from "@/components/ui/time";
import { SETTLED_STATES } from "@/lib/approvals/views";
import type { OutcomeRow } from "@/lib/measures/list-outcomes";
import { OVERTURNED, OVERTURNED_WORDS } from "@/lib/measures/outcomes";
import { AGES } from "@/lib/measures/ages";

const column = columnsOf<OutcomeRow>();

const columns = column.columns([
  column.accessor("actionTitle", {
    id: "action",
    header: "Request",
    meta: { className: "min-w-64" },
    cell: ({ row: { original } }) => (
      <span className="inline-flex max-w-full items-baseline gap-2">
        <span className="min-w-0 truncate font-medium">{original.actionTitle}</span>
        {original.target !== null && (
          <span className="min-w-0 shrink-[2] truncate font-mono text-xs font-normal text-muted">
            {original.target}
          </span>
        )}
      </span>
    ),
  }),
  column.accessor((row) => row.agent.name, {
    id: "agent",
    header: "Agent",
    meta: { className: "w-44" },
    cell: ({ row: { original } }) => <AgentChip name={original.agent.name} />,
  }),
  column.accessor("risk", { header: "Risk", cell: ({ getValue }) => <RiskLevelBadge risk={getValue()} /> }),
  column.accessor("state", {
    header: "Outcome",
    meta: { card: "corner" },
    cell: ({ row: { original } }) => (
      <span className="flex items-center gap-1.5">
        <ApprovalStateBadge state={original.state} />
        {original.overturned !== null && <Badge tone="deny">{OVERTURNED_WORDS[original.overturned]}</Badge>}
      </span>
    ),
  }),
  column.accessor("people", {
    header: "By",
    meta: { className: "max-w-44 truncate" },
    cell: ({ getValue }) => {
      const names = getValue().map((one) => one.name);
      return names.length === 0 ? <span className="text-faint">–</span> : names.join(", ");
    },
  }),
  column.accessor("waitMs", {
    id: "wait",
    header: "Waited",
    meta: { align: "end" },
    cell: ({ getValue }) => <Duration ms={getValue()} />,
  }),
  column.display({
    id: "looked",
    header: "With evidence",
    meta: { align: "end" },
    cell: ({ row: { original } }) => {
      const known = original.people.flatMap((one) => (one.seconds === null ? [] : [one.seconds]));
      return <Duration ms={known.length === 0 ? null : Math.max(...known) * 1_000} />;
    },
  }),
  column.accessor("endedAt", {
    header: "Ended",
    cell: ({ getValue }) => {
      const at = getValue();
      return at === null ? <span className="text-muted">waits</span> : <Time value={at} />;
    },
  }),
]);

interface OutcomesTableProps {
  rows: readonly OutcomeRow[];
  total: number;
  agents: readonly FacetOption[];
  reviewers: readonly FacetOption[];
  causes: readonly FacetOption[];
  actions: readonly FacetOption[];
}

export function OutcomesTable({ rows, total, agents, reviewers, causes, actions }: OutcomesTableProps) {
  return (
    <DataTable
      fill
      name="Measured approvals"
      noun={{ one: "approval", many: "approvals" }}
      params={outcomesParams}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) => `/approvals/${row.id}`}
      paging={{ kind: "page", total }}
      facets={[
        {
          id: "state",
          label: "Outcome",
          options: SETTLED_STATES.map((value) => ({ value, label: APPROVAL_STATES[value].label })),
        },
        { id: "reviewer", label: "Reviewer", options: reviewers },
        { id: "cause", label: "Asked by", options: causes },
        { id: "agent", label: "Agent", options: agents },
        { id: "action", label: "Action", options: actions },
        {
          id: "overturned",
          label: "Overturned",
          options: OVERTURNED.map((value) => ({ value, label: OVERTURNED_WORDS[value] })),
        },
        { id: "looked", label: "With evidence", options: [{ value: "quick", label: "Approved under 5 s" }] },
        { id: "age", label: "Waits", options: AGES.map(({ id, label }) => ({ value: id, label })) },
      ]}
      toolbar={<TimeRange />}
      empty={{
        icon: Gauge,
        title: "Nothing has ended yet",
        description: "Approvals appear here within seconds of being decided, or when they expire.",
      }}
    />
  );
}
