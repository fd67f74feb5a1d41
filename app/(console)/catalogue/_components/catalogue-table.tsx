"use client";
import { LibraryBig } from "lucide-react";
import Link from "next/link";

import { KindBadge } from "@/app/(console)/catalogue/_components/kind-badge";
import { TierStrip } from "@/app/(console)/catalogue/_components/tier-strip";
import { catalogueParams } from "@/app/(console)/catalogue/search-params";
import { columnsOf } from "@/components/data-table/columns";
import { DataTable } from "@/components/data-table/data-table";
import type { FacetOption } from "@/components/data-table/facet-filter";
import { useLive } from "@/components/live/live";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/components/ui/format/number";
import type { ActionListRow } from "@/lib/catalogue/queries";
import { IMPACTS, KINDS, REVERSIBILITIES } from "@/lib/tiers/matrices";

const column = columnsOf<ActionListRow>();

const columns = column.columns([
  column.accessor("id", {
    header: "Action",
    cell: ({ row: { original: action } }) => (
      <span className="flex min-w-0 items-baseline gap-x-2 @max-2xl:flex-col">
        <span className="max-w-full truncate">{action.title ?? action.id}</span>
        {action.title !== null && (
          <span className="max-w-full shrink-[2] truncate font-mono text-xs font-normal text-muted">{action.id}</span>
        )}
        {action.retired && <Badge>retired</Badge>}
      </span>
    ),
  }),
  column.accessor((action) => action.system.name, {
    id: "system",
    header: "System",
    meta: { className: "max-w-44 truncate" },
  }),
  column.accessor("kind", {
    header: "Kind",
    meta: { card: "corner" },
    cell: ({ getValue }) => <KindBadge kind={getValue()} />,
  }),
  column.accessor("reversibility", {
    header: "Undo",
    meta: { className: "capitalize" },
    // Only what acts needs undoing: the matrix of care is about executions alone.
    cell: ({ row: { original: action } }) =>
      action.kind === "execute" ? action.reversibility : <span className="text-faint">–</span>,
  }),
  column.accessor("impact", { header: "Impact", meta: { className: "capitalize" } }),
  column.accessor("dataClasses", {
    header: "Data",
    meta: { className: "max-w-36 truncate" },
    cell: ({ getValue }) => getValue().join(", ") || <span className="text-faint">–</span>,
  }),
  column.accessor("tiers", {
    header: "By tier",
    meta: { label: "What each tier may do" },
    cell: ({ getValue }) => <TierStrip tiers={getValue()} />,
  }),
  column.accessor("holders", {
    header: "Agents",
    meta: { align: "end", label: "Agents that hold it" },
    cell: ({ getValue }) => (getValue() === 0 ? <span className="text-faint">–</span> : formatCount(getValue())),
  }),
]);

const choices = (values: readonly string[]): FacetOption[] =>
  values.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) }));

interface CatalogueTableProps {
  rows: readonly ActionListRow[];
  total: number;
  systems: readonly FacetOption[];
  mayWrite: boolean;
}

export function CatalogueTable({ rows, total, systems, mayWrite }: CatalogueTableProps) {
  useLive(["catalogue", "configuration"]);
  return (
    <DataTable
      fill
      name="Catalogue"
      noun={{ one: "action", many: "actions" }}
      params={catalogueParams}
      columns={columns}
      rows={rows}
      rowId={(action) => action.id}
      rowHref={(action) => `/catalogue/${action.id}`}
      paging={{ kind: "page", total }}
      searchLabel="Search actions"
      facets={[
        { id: "system", label: "System", options: systems },
        { id: "kind", label: "Kind", options: choices(KINDS) },
        { id: "reversibility", label: "Undo", options: choices(REVERSIBILITIES) },
        { id: "impact", label: "Impact", options: choices(IMPACTS) },
      ]}
      empty={{
        icon: LibraryBig,
        title: "The catalogue is empty",
        description:
          "Say what agents can ask to do, here or in a manifest. Until then a person is asked about every request, as unclassified.",
        action: mayWrite && (
          <Button variant="primary" asChild>
            <Link href="/catalogue/new">New action</Link>
          </Button>
        ),
      }}
    />
  );
}
