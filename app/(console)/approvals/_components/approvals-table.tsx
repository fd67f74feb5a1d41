"use client";
import { Inbox } from "lucide-react";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import type { Facet, FacetOption } from "@/components/data-table/facet-filter";
import { AgentChip } from "@/components/domain/agent-chip";
import { APPROVAL_STATES, ApprovalStateBadge } from "@/components/domain/approval-state-badge";
import { RISK_LEVELS, RiskLevelBadge } from "@/components/domain/risk-level-badge";
import { TimeLeft } from "@/components/domain/time-left";
import { useLive } from "@/components/live/live";
import { Time } from "@/components/ui/time";
import { type ApprovalRow, type Queue, RISKS, SETTLED_STATES } from "@/lib/approvals/views";
import { type ApprovalsQuery, approvalsTableParams, itemHref } from "../search-params";
import { People } from "./people";
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
const requestedAt = column.accessor("requestedAt", {
  header: "Asked",
  meta: { className: "w-24", card: "hidden" },
  cell: ({ getValue }) => <Time value={getValue()} className="text-muted" />,
});

const waitingColumns = column.columns([
  request,
  agent,
  onBehalfOf,
  risk,
  column.accessor("deadline", {
    header: "Time left",
    meta: { className: "w-28" },
    cell: ({ getValue }) => <TimeLeft deadline={getValue()} />,
  }),
  column.accessor((row) => row.approvers.join(", "), {
    id: "approvers",
    header: "May decide",
    meta: { className: "max-w-48" },
    cell: ({ row }) => <People names={row.original.approvers} count={row.original.approverCount} />,
  }),
  requestedAt,
]);

const decidedColumns = column.columns([
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

const EMPTY = {
  mine: {
    title: "Nothing waits for you",
    description: "When an agent needs your decision, it appears here by itself.",
  },
  waiting: { title: "Nothing is waiting", description: "Every request in your part of the organisation is decided." },
  decided: {
    title: "Nothing has been decided yet",
    description: "Decided, expired and cancelled requests are kept here.",
  },
};

export interface ApprovalsTableProps {
  query: ApprovalsQuery;
  rows: readonly ApprovalRow[];
  total: number;
  facets: { agent: FacetOption[]; action: FacetOption[]; risk: FacetOption[] };
}

export function ApprovalsTable({ query, rows, total, facets }: ApprovalsTableProps) {
  useLive(["approvals"]);
  return (
    <DataTable
      fill
      name={NAMES[query.queue]}
      noun={{ one: "request", many: "requests" }}
      params={approvalsTableParams}
      columns={query.queue === "decided" ? decidedColumns : waitingColumns}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) => itemHref(query, row.id)}
      paging={{ kind: "page", total }}
      searchLabel="Search requests"
      descFirst={["risk", "requestedAt", "decidedAt"]}
      facets={facetsOf(query.queue, facets)}
      empty={{ icon: Inbox, ...EMPTY[query.queue] }}
    />
  );
}

const NAMES: Record<Queue, string> = {
  mine: "Requests waiting for me",
  waiting: "Waiting requests",
  decided: "Decided requests",
};

function facetsOf(
  queue: Queue,
  { agent: agents, action: actions, risk: risks }: ApprovalsTableProps["facets"],
): Facet[] {
  const counted = (value: string) => risks.find((option) => option.value === value)?.count ?? 0;
  const shown: Facet[] = [
    {
      id: "risk",
      label: "Risk",
      options: RISKS.map((value) => ({ value, label: RISK_LEVELS[value].label, count: counted(value) })),
    },
    { id: "agent", label: "Agent", options: agents },
    { id: "action", label: "Action", options: actions },
  ];
  if (queue !== "decided") return shown;
  return [
    ...shown,
    {
      id: "state",
      label: "Outcome",
      options: SETTLED_STATES.map((value) => ({ value, label: APPROVAL_STATES[value].label })),
    },
  ];
}
