"use client";
import { GitCompareArrows } from "lucide-react";
import Link from "next/link";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { AgentChip } from "@/components/domain/agent-chip";
import { useLive } from "@/components/live/live";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/components/ui/format/number";
import { Time } from "@/components/ui/time";
import type { ConflictRow, ConflictState } from "@/lib/incidents/views";
import { conflictsParams } from "../search-params";
import { ResolveConflict } from "./resolve-conflict";

const column = columnsOf<ConflictRow>();

const shared = [
  column.accessor((row) => `${row.allowRule} against ${row.denyRule}`, {
    id: "rules",
    header: "Contradiction",
    meta: { className: "min-w-72" },
    cell: ({ row: { original: row } }) => (
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-1.5 font-mono text-xs font-normal">
        <span className="text-allow-text">{row.allowRule}</span>
        <span className="font-sans text-muted">allows, </span>
        <span className="text-deny-text">{row.denyRule}</span>
        <span className="font-sans text-muted">denies</span>
      </span>
    ),
  }),
  column.accessor((row) => row.agent.name, {
    id: "agent",
    header: "Agent",
    meta: { className: "w-44" },
    cell: ({ row }) => <AgentChip name={row.original.agent.name} href={`/agents/${row.original.agent.slug}`} />,
  }),
  column.accessor("action", {
    header: "Action",
    meta: { className: "max-w-48 truncate font-mono text-xs" },
  }),
  column.accessor("times", {
    header: "Times",
    meta: { className: "w-16", align: "end" },
    cell: ({ getValue }) => formatCount(getValue()),
  }),
] as const;

const openColumns = column.columns([
  ...shared,
  column.accessor("lastAt", {
    header: "Last",
    meta: { className: "w-24" },
    cell: ({ getValue }) => <Time value={getValue()} className="text-muted" />,
  }),
  column.display({
    id: "actions",
    header: "",
    meta: { fixed: true, className: "w-72" },
    cell: ({ row }) => <ConflictActions row={row.original} />,
  }),
]);

const resolvedColumns = column.columns([
  ...shared,
  column.accessor("note", { header: "How", meta: { className: "max-w-64 truncate" } }),
  column.accessor("resolvedBy", { header: "By", meta: { className: "w-36 truncate" } }),
  column.accessor((row) => row.resolvedAt ?? row.lastAt, {
    id: "resolvedAt",
    header: "Resolved",
    meta: { className: "w-24" },
    cell: ({ getValue }) => <Time value={getValue()} className="text-muted" />,
  }),
]);

function ConflictActions({ row }: { row: ConflictRow }) {
  const policy = row.denyRule.split("/", 1)[0] ?? "";
  return (
    <span className="flex justify-end gap-1">
      <Button asChild size="xs" variant="ghost">
        <Link href={`/policies/${policy}`}>Policy</Link>
      </Button>
      {row.mayResolve && <ResolveConflict id={row.id} size="xs" />}
    </span>
  );
}

const EMPTY = {
  open: {
    title: "No contradictions",
    description: "When one rule allows and another denies the same request, the request is denied and stands here.",
  },
  resolved: { title: "Nothing resolved yet", description: "What has been seen to is kept here." },
};

export function ConflictsTable({
  rows,
  total,
  show,
}: {
  rows: readonly ConflictRow[];
  total: number;
  show: ConflictState;
}) {
  useLive(["incidents"]);
  return (
    <DataTable
      fill
      name="Policy conflicts"
      noun={{ one: "conflict", many: "conflicts" }}
      params={conflictsParams}
      columns={show === "open" ? openColumns : resolvedColumns}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) => `/decisions/${row.lastDecisionId}`}
      paging={{ kind: "page", total }}
      empty={{ icon: GitCompareArrows, ...EMPTY[show] }}
    />
  );
}
