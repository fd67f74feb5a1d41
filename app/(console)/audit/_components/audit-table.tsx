"use client";
import { ScrollText } from "lucide-react";
import Link from "next/link";

import { Actor } from "@/app/(console)/audit/_components/actor";
import { recordHref } from "@/app/(console)/audit/_components/record-href";
import { TimeRange } from "@/app/(console)/_components/time-range";
import { auditParams } from "@/app/(console)/audit/search-params";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { useLive } from "@/components/live/live";
import { Time } from "@/components/ui/time";
import type { AuditRow } from "@/lib/audit/queries";
import { ACTION_GROUPS, ACTOR_KINDS } from "@/lib/audit/schemas";

const column = columnsOf<AuditRow>();

const columns = column.columns([
  column.accessor("action", {
    header: "What",
    cell: ({ row: { original: record } }) => (
      <span className="flex min-w-0 items-baseline gap-2">
        <span className="shrink-0 font-mono text-xs">{record.action}</span>
        <span className="truncate text-muted">{record.summary}</span>
      </span>
    ),
  }),
  column.accessor((record) => record.actor.name ?? record.actor.kind, {
    id: "who",
    header: "Who",
    meta: { className: "max-w-52" },
    cell: ({ row }) => <Actor actor={row.original.actor} />,
  }),
  column.accessor((record) => record.subject.id, {
    id: "subject",
    header: "Subject",
    meta: { className: "max-w-64 truncate" },
    cell: ({ row }) => <Subject subject={row.original.subject} />,
  }),
  column.accessor((record) => record.node?.name ?? "", {
    id: "node",
    header: "Part of the chart",
    meta: { className: "max-w-48 truncate" },
    cell: ({ getValue }) => getValue() || <span className="text-faint">whole organisation</span>,
  }),
  column.accessor("seq", {
    header: "Number",
    meta: { align: "end", hiddenByDefault: true, className: "font-mono text-xs" },
  }),
  column.accessor("at", {
    header: "When",
    meta: { align: "end" },
    cell: ({ getValue }) => <Time value={getValue()} format="second" />,
  }),
]);

function Subject({ subject }: { subject: AuditRow["subject"] }) {
  const words = (
    <>
      {subject.name ?? <span className="font-mono text-xs">{subject.id.slice(-12)}</span>}
      <span className="text-xs text-muted"> {subject.kind}</span>
    </>
  );
  if (subject.href === null) return words;
  return (
    <Link href={subject.href} prefetch={false} className="rounded-sm underline-offset-4 hover:underline">
      {words}
    </Link>
  );
}

const ACTOR_LABELS: Record<(typeof ACTOR_KINDS)[number], string> = {
  person: "People",
  agent: "Agents",
  system: "Remit",
  cli: "Operator",
};

interface AuditTableProps {
  rows: readonly AuditRow[];
  next: string | null;
  previous: string | null;
}

export function AuditTable({ rows, next, previous }: AuditTableProps) {
  useLive(["audit"]);
  return (
    <DataTable
      fill
      name="Audit records"
      noun={{ one: "record", many: "records" }}
      params={auditParams}
      columns={columns}
      rows={rows}
      rowId={(record) => `${record.stream}/${record.seq}`}
      rowHref={recordHref}
      paging={{ kind: "cursor", next, previous }}
      searchLabel="Search records"
      facets={[
        { id: "actor", label: "Who", options: ACTOR_KINDS.map((value) => ({ value, label: ACTOR_LABELS[value] })) },
        {
          id: "what",
          label: "What",
          options: ACTION_GROUPS.map((value) => ({ value, label: value.replaceAll("_", " ") })),
        },
      ]}
      toolbar={<TimeRange />}
      empty={{
        icon: ScrollText,
        title: "No records yet",
        description: "Every change and every decision is recorded here as it happens.",
      }}
    />
  );
}
