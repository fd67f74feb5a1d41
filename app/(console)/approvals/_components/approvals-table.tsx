"use client";
import { History } from "lucide-react";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import type { FacetOption } from "@/components/data-table/facet-filter";
import { AgentChip } from "@/components/domain/agent-chip";
import { APPROVAL_STATES, ApprovalStateBadge } from "@/components/domain/approval-state-badge";
import { RISK_LEVELS, RiskLevelBadge } from "@/components/domain/risk-level-badge";
import { useLive } from "@/components/live/live";
import { Time } from "@/components/ui/time";
import { type ApprovalRow, RISKS, SETTLED_STATES } from "@/lib/approvals/views";
import { approvalsParams } from "../search-params";
import { RequestCell } from "./request-cell";

const column = columnsOf<ApprovalRow>();

const request = column.accessor((row) => row.actionTitle, {
  id: "action",
  header: "Request",
  meta: { className: "min-w-64" },
  cell: ({ row }) => <RequestCell row={row.original} />,
});
const agent = column.accessor((row) => row.agent.name, {
  id: "agent",
  header: "Agent",
  meta: { className: "w-48" },
  cell: ({ row }) => <AgentChip name={row.original.agent.name} />,
});
const onBehalfOf = column.accessor("onBehalfOf", {
  header: "For",
  meta: { className: "max-w-44 truncate" },
  cell: ({ getValue }) => getValue() ?? <span className="text-faint">–</span>,
});
const risk = column.accessor("risk", {
  header: "Risk",
  meta: { className: "w-32", card: "corner" },
  cell: ({ getValue }) => <RiskLevelBadge risk={getValue()} />,
});
const columns = column.columns([
  request,
  agent,
  onBehalfOf,
  risk,
  column.accessor("state", {
    header: "Outcome",
    meta: { className: "w-28" },
    cell: ({ getValue }) => <ApprovalStateBadge state={getValue()} />,
  }),
  column.accessor("decidedBy", {
    header: "Decided by",
    meta: { className: "max-w-44 truncate" },
    cell: ({ row: { original: row } }) =>
      row.decidedBy ?? <span className="text-muted">{row.state === "expired" ? "Nobody in time" : "–"}</span>,
  }),
  column.accessor((row) => row.decidedAt ?? row.deadline, {
    id: "decidedAt",
    header: "Decided",
    meta: { className: "w-24" },
    cell: ({ getValue }) => <Time value={getValue()} className="text-muted" />,
  }),
]);

interface ApprovalsTableProps {
  rows: readonly ApprovalRow[];
  total: number;
  facets: { agent: FacetOption[]; action: FacetOption[]; risk: FacetOption[] };
}

export function ApprovalsTable({ rows, total, facets }: ApprovalsTableProps) {
  useLive(["approvals"]);
  const counted = (value: string) => facets.risk.find((option) => option.value === value)?.count ?? 0;
  return (
    <DataTable
      fill
      name="Decided requests"
      noun={{ one: "request", many: "requests" }}
      params={approvalsParams}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) => `/approvals/${row.id}`}
      paging={{ kind: "page", total }}
      searchLabel="Search requests"
      descFirst={["risk", "requestedAt", "decidedAt"]}
      facets={[
        {
          id: "risk",
          label: "Risk",
          options: RISKS.map((value) => ({ value, label: RISK_LEVELS[value].label, count: counted(value) })),
        },
        { id: "agent", label: "Agent", options: facets.agent },
        { id: "action", label: "Action", options: facets.action },
        {
          id: "state",
          label: "Outcome",
          options: SETTLED_STATES.map((value) => ({ value, label: APPROVAL_STATES[value].label })),
        },
      ]}
      empty={{
        icon: History,
        title: "Nothing has been decided yet",
        description: "Decided, expired and cancelled requests are kept here.",
      }}
    />
  );
}
