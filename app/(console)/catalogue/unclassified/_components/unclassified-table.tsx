"use client";
import { CircleCheckBig } from "lucide-react";

import { KindBadge } from "@/app/(console)/catalogue/_components/kind-badge";
import { AcceptButton } from "@/app/(console)/catalogue/unclassified/_components/accept-button";
import { RequeueButton } from "@/app/(console)/catalogue/unclassified/_components/requeue-button";
import { unclassifiedParams } from "@/app/(console)/catalogue/unclassified/search-params";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { RiskBadge } from "@/components/domain/risk-badge";
import { useLive } from "@/components/live/live";
import { formatCount } from "@/components/ui/format/number";
import { Time } from "@/components/ui/time";
import type { UnclassifiedRow } from "@/lib/catalogue/unclassified-queries";

type ShownRow = UnclassifiedRow & { mayWrite: boolean; knownSystem: boolean };

const column = columnsOf<ShownRow>();

const columns = column.columns([
  column.accessor("action", {
    header: "Action",
    cell: ({ getValue }) => <span className="truncate font-mono text-xs">{getValue()}</span>,
  }),
  column.accessor((row) => row.suggestion.kind, {
    id: "suggestion",
    header: "Might be",
    meta: { label: "Suggestion" },
    cell: ({ row: { original: row } }) => (
      <span className="inline-flex items-center gap-1.5">
        <KindBadge kind={row.suggestion.kind} />
        {row.suggestion.kind === "execute" && (
          <RiskBadge reversibility={row.suggestion.reversibility} impact={row.suggestion.impact} />
        )}
        {!row.suggestion.sure && <span className="text-xs text-muted">unsure</span>}
      </span>
    ),
  }),
  column.accessor("requests", {
    header: "Requests",
    meta: { align: "end" },
    cell: ({ row: { original: row } }) => (
      <span title={row.denied > 0 ? `${formatCount(row.denied)} denied` : undefined}>{formatCount(row.requests)}</span>
    ),
  }),
  column.accessor("agents", {
    header: "Agents",
    meta: { className: "max-w-56 truncate" },
    cell: ({ row: { original: row } }) =>
      row.agentNames.join(", ") +
      (row.agents > row.agentNames.length ? ` and ${row.agents - row.agentNames.length} more` : ""),
  }),
  column.accessor("firstAt", { header: "First", cell: ({ getValue }) => <Time value={getValue()} /> }),
  column.accessor("lastAt", { header: "Last", cell: ({ getValue }) => <Time value={getValue()} /> }),
  column.display({
    id: "act",
    header: "",
    meta: { fixed: true, align: "end", label: "Classify" },
    cell: ({ row: { original: row } }) => {
      if (!row.mayWrite) return null;
      return row.dismissedAt === null ? <AcceptButton row={row} /> : <RequeueButton action={row.action} />;
    },
  }),
]);

interface UnclassifiedTableProps {
  rows: readonly UnclassifiedRow[];
  total: number;
  /** Ids of the systems there are. */
  systems: readonly string[];
  mayWrite: boolean;
}

export function UnclassifiedTable({ rows, total, systems, mayWrite }: UnclassifiedTableProps) {
  useLive(["catalogue"]);
  const shown = rows.map((row) => ({ ...row, mayWrite, knownSystem: systems.includes(row.suggestion.systemId) }));
  return (
    <DataTable
      fill
      name="Unclassified actions"
      noun={{ one: "action", many: "actions" }}
      params={unclassifiedParams}
      columns={columns}
      rows={shown}
      rowId={(row) => row.action}
      rowHref={(row) => `/catalogue/unclassified/${row.action}`}
      paging={{ kind: "page", total }}
      searchLabel="Search unclassified actions"
      descFirst={["requests", "agents", "firstAt", "lastAt"]}
      empty={{
        icon: CircleCheckBig,
        title: "Everything that agents ask for is classified",
        description: "As soon as one asks for an action that the catalogue does not know, it stands here.",
      }}
    />
  );
}
