"use client";
import { Stamp } from "lucide-react";

import { checkpointParams } from "@/app/(console)/audit/checkpoints/search-params";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import { useLive } from "@/components/live/live";
import { Button } from "@/components/ui/button";
import { Badge } from "@/components/ui/badge";
import { formatCount } from "@/components/ui/format/number";
import { Hash } from "@/components/ui/hash";
import { Time } from "@/components/ui/time";
import type { CheckpointRow } from "@/lib/audit/checkpoints/queries";

const column = columnsOf<CheckpointRow>();

const columns = column.columns([
  column.accessor((one) => Number(one.seq), {
    id: "seq",
    header: "Checkpoint",
    cell: ({ getValue }) => `Checkpoint ${getValue()}`,
  }),
  column.accessor("at", { header: "Made", cell: ({ getValue }) => <Time value={getValue()} format="second" /> }),
  column.accessor((one) => Number(one.records), {
    id: "records",
    header: "Records behind it",
    meta: { align: "end" },
    cell: ({ getValue }) => formatCount(getValue()),
  }),
  column.accessor("streams", {
    header: "Chains",
    meta: { align: "end" },
    cell: ({ getValue }) => formatCount(getValue()),
  }),
  column.accessor("root", {
    header: "Merkle root",
    cell: ({ getValue }) => <Hash value={getValue()} label="Merkle root" show={{ start: 12 }} />,
  }),
  column.accessor("key", {
    header: "Signed by",
    cell: ({ row: { original } }) => (
      <span className="inline-flex items-center gap-2">
        <span className="font-mono text-xs">{original.key}</span>
        {!original.own && <Badge tone="escalate">another key</Badge>}
      </span>
    ),
  }),
  column.display({
    id: "download",
    header: "",
    meta: { fixed: true, align: "end" },
    cell: ({ row: { original } }) => (
      <Button size="xs" asChild>
        <a href={`/audit/checkpoints/${original.seq}`} download aria-label={`Download checkpoint ${original.seq}`}>
          Download
        </a>
      </Button>
    ),
  }),
]);

export function CheckpointsTable({ rows, total }: { rows: readonly CheckpointRow[]; total: number }) {
  useLive(["audit"]);
  return (
    <DataTable
      fill
      name="Checkpoints"
      noun={{ one: "checkpoint", many: "checkpoints" }}
      params={checkpointParams}
      columns={columns}
      rows={rows}
      rowId={(one) => one.seq}
      paging={{ kind: "page", total }}
      empty={{
        icon: Stamp,
        title: "No checkpoint yet",
        description:
          "The first is made within a minute of the first record, then one every hour in which something is recorded.",
      }}
    />
  );
}
