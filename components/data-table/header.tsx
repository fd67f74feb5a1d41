"use client";
import type { ReactTable, RowData } from "@tanstack/react-table";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { cn } from "@/components/ui/cn";
import type { Features } from "./columns";
import { nextSort } from "./next-sort";
import { ROLES } from "./roles";
import type { TableQueryState } from "./use-table-query";

interface TableHeaderProps<RowT extends RowData> {
  table: ReactTable<Features, RowT>;
  query: TableQueryState;
  /** Ids of columns that begin with the largest. */
  descFirst: readonly string[];
  sticky: boolean;
}

export function TableHeader<RowT extends RowData>({ table, query, descFirst, sticky }: TableHeaderProps<RowT>) {
  return (
    <thead className={cn("bg-surface @max-2xl:hidden", sticky && "sticky top-0 z-20")} {...ROLES.group}>
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id} {...ROLES.row}>
          {group.headers.map((header, index) => {
            const { meta } = header.column.columnDef;
            const sorted =
              query.sort.id === header.column.id ? (query.sort.desc ? "descending" : "ascending") : undefined;
            const end = meta?.align === "end";
            const Icon = sorted === undefined ? ChevronsUpDown : sorted === "descending" ? ArrowDown : ArrowUp;
            return (
              <th
                key={header.id}
                {...ROLES.header}
                scope="col"
                aria-sort={sorted}
                className={cn(
                  "h-9 whitespace-nowrap border-b border-line px-3 text-left text-xs font-medium text-muted first:pl-4 last:pr-4",
                  end && "text-right",
                  index === 0 && "sticky left-0 z-10 bg-inherit",
                  meta?.className,
                )}
              >
                {query.canSort(header.column.id) ? (
                  <button
                    type="button"
                    className={cn(
                      "group/sort -mx-1.5 inline-flex h-6 items-center gap-1 rounded-sm px-1.5 hover:bg-surface-3 hover:text-foreground",
                      sorted !== undefined && "text-foreground",
                      end && "flex-row-reverse",
                    )}
                    onClick={() =>
                      query.sortBy(nextSort(query.sort, header.column.id, descFirst.includes(header.column.id)))
                    }
                  >
                    <table.FlexRender header={header} />
                    <Icon
                      aria-hidden
                      className={cn(
                        "size-3",
                        sorted === undefined &&
                          "opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100",
                      )}
                    />
                  </button>
                ) : (
                  <table.FlexRender header={header} />
                )}
              </th>
            );
          })}
        </tr>
      ))}
    </thead>
  );
}
