"use client";
import { Gavel } from "lucide-react";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import type { FacetOption } from "@/components/data-table/facet-filter";
import { AgentChip } from "@/components/domain/agent-chip";
import { AppealStateBadge } from "@/components/domain/appeal-state-badge";
import { useLive } from "@/components/live/live";
import { Time } from "@/components/ui/time";
import type { AppealQueue, AppealRow } from "@/lib/appeals/views";
import { RequestCell } from "../../_components/request-cell";
import { appealsTableParams } from "../search-params";

const column = columnsOf<AppealRow>();

const columns = column.columns([
  column.accessor((row) => row.actionTitle, {
    id: "action",
    header: "Denied",
    meta: { className: "min-w-56" },
    cell: ({ row }) => <RequestCell row={row.original} />,
  }),
  column.accessor((row) => row.agent.name, {
    id: "agent",
    header: "Agent",
    meta: { className: "w-44" },
    cell: ({ row }) => <AgentChip name={row.original.agent.name} />,
  }),
  column.accessor((row) => row.rules.join(", "), {
    id: "rules",
    header: "By",
    meta: { className: "max-w-52 truncate" },
    cell: ({ row: { original: row } }) =>
      row.rules.length === 0 ? (
        <span className="text-muted">{row.code === "tier_denies" ? "Its tier" : "Its grants"}</span>
      ) : (
        <span className="font-mono text-xs">{row.rules.join(", ")}</span>
      ),
  }),
  column.accessor("reason", {
    header: "Why it should be allowed",
    meta: { className: "max-w-80 truncate text-muted" },
  }),
  column.accessor("state", {
    header: "State",
    meta: { className: "w-36", card: "corner" },
    cell: ({ row }) => <AppealStateBadge state={row.original.state} outcome={row.original.outcome} />,
  }),
  column.accessor("openedAt", {
    header: "Asked",
    meta: { className: "w-24" },
    cell: ({ getValue }) => <Time value={getValue()} className="text-muted" />,
  }),
]);

const EMPTY: Record<AppealQueue, { title: string; description: string }> = {
  mine: {
    title: "No appeal waits for you",
    description: "An agent that was denied can ask those who may change the rule, grant or tier to reconsider.",
  },
  waiting: { title: "No appeal is waiting", description: "Every appeal in your part of the organisation is answered." },
  answered: { title: "Nothing has been answered yet", description: "Answered appeals are kept here." },
};
const NAMES: Record<AppealQueue, string> = {
  mine: "Appeals waiting for me",
  waiting: "Waiting appeals",
  answered: "Answered appeals",
};

interface AppealsTableProps {
  queue: AppealQueue;
  rows: readonly AppealRow[];
  total: number;
  agents: readonly FacetOption[];
}

export function AppealsTable({ queue, rows, total, agents }: AppealsTableProps) {
  useLive(["appeals"]);
  return (
    <DataTable
      fill
      name={NAMES[queue]}
      noun={{ one: "appeal", many: "appeals" }}
      params={appealsTableParams}
      columns={columns}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) => `/approvals/appeals/${row.id}`}
      paging={{ kind: "page", total }}
      searchLabel="Search appeals"
      descFirst={["openedAt"]}
      facets={[{ id: "agent", label: "Agent", options: agents }]}
      empty={{ icon: Gavel, ...EMPTY[queue] }}
    />
  );
}
