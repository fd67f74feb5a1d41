"use client";
import { History } from "lucide-react";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import type { FacetOption } from "@/components/data-table/facet-filter";
import { AgentChip } from "@/components/domain/agent-chip";
import { REVIEW_LOOKS, ReviewStateBadge } from "@/components/domain/review-state-badge";
import { RISK_LEVELS, RiskLevelBadge } from "@/components/domain/risk-level-badge";
import { TimeLeft } from "@/components/domain/time-left";
import { useLive } from "@/components/live/live";
import { Time } from "@/components/ui/time";
import { REVIEW_STATES, type ReviewRow } from "@/lib/reviews/views";
import { RequestCell } from "../../approvals/_components/request-cell";
import { REVIEW_RISKS, reviewsParams } from "../search-params";

const column = columnsOf<ReviewRow>();

const columns = column.columns([
  column.accessor((row) => row.actionTitle, {
    id: "action",
    header: "What was done",
    meta: { className: "min-w-64" },
    cell: ({ row }) => <RequestCell row={row.original} />,
  }),
  column.accessor((row) => row.agent.name, {
    id: "agent",
    header: "Agent",
    meta: { className: "w-48" },
    cell: ({ row }) => <AgentChip name={row.original.agent.name} />,
  }),
  column.accessor("risk", {
    header: "Risk",
    meta: { className: "w-32", card: "corner" },
    cell: ({ getValue }) => <RiskLevelBadge risk={getValue()} />,
  }),
  column.accessor("state", {
    header: "State",
    cell: ({ row: { original: row } }) => (
      <span className="flex items-center gap-2">
        <ReviewStateBadge state={row.state} />
        {row.state === "waiting" && <TimeLeft deadline={row.deadline} />}
      </span>
    ),
  }),
  column.accessor("createdAt", {
    header: "Done",
    meta: { className: "w-24" },
    cell: ({ getValue }) => <Time value={getValue()} className="text-muted" />,
  }),
  column.accessor((row) => row.decidedAt ?? row.deadline, {
    id: "decidedAt",
    header: "Reviewed",
    meta: { className: "w-28" },
    cell: ({ row: { original: row } }) =>
      row.decidedAt === null ? (
        row.state === "waiting" ? (
          <span className="text-faint">–</span>
        ) : (
          <span className="text-muted">Nobody in time</span>
        )
      ) : (
        <Time value={row.decidedAt} className="text-muted" />
      ),
  }),
  column.accessor("decidedBy", {
    header: "By",
    meta: { className: "max-w-44 truncate" },
    cell: ({ getValue }) => getValue() ?? <span className="text-faint">–</span>,
  }),
]);

interface ReviewsTableProps {
  rows: readonly ReviewRow[];
  total: number;
  agents: FacetOption[];
  actions: FacetOption[];
}

export function ReviewsTable({ rows, total, agents, actions }: ReviewsTableProps) {
  useLive(["reviews"]);
  return (
    <DataTable
      fill
      name="Reviews"
      noun={{ one: "review", many: "reviews" }}
      params={reviewsParams}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) => `/reviews/${row.id}`}
      paging={{ kind: "page", total }}
      searchLabel="Search reviews"
      descFirst={["risk", "createdAt", "decidedAt"]}
      facets={[
        {
          id: "state",
          label: "State",
          options: REVIEW_STATES.map((value) => ({ value, label: REVIEW_LOOKS[value].label })),
        },
        {
          id: "risk",
          label: "Risk",
          options: REVIEW_RISKS.map((value) => ({ value, label: RISK_LEVELS[value].label })),
        },
        { id: "agent", label: "Agent", options: agents },
        { id: "action", label: "Action", options: actions },
      ]}
      empty={{
        icon: History,
        title: "Nothing to review yet",
        description: "Where a rule allows with review, a person looks at what was done and can have it undone.",
      }}
    />
  );
}
