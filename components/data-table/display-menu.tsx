"use client";
import type { ReactTable, RowData } from "@tanstack/react-table";
import { SlidersHorizontal } from "lucide-react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuCheckboxItem,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { columnLabel } from "./column-label";
import type { Features } from "./columns";
import type { TablePreferences } from "./preferences";
import { PAGE_SIZES } from "./table-params";
import type { TableQueryState } from "./use-table-query";

interface DisplayMenuProps<RowT extends RowData> {
  table: ReactTable<Features, RowT>;
  query: TableQueryState;
  preferences: TablePreferences;
  save: (next: TablePreferences) => void;
}

const stayOpen = (event: Event) => event.preventDefault();

/** Order (cards have no headers to press), density, page size and columns. */
export function DisplayMenu<RowT extends RowData>({ table, query, preferences, save }: DisplayMenuProps<RowT>) {
  const columns = table.getAllLeafColumns();
  const sortable = columns.filter((column) => query.canSort(column.id));
  const hideable = columns.filter((column) => column.columnDef.meta?.fixed !== true).slice(1);
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" aria-label="Display">
          <SlidersHorizontal aria-hidden />
          <span className="max-sm:hidden">Display</span>
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-52">
        {sortable.length > 0 && (
          <>
            <DropdownMenuLabel>Order by</DropdownMenuLabel>
            <DropdownMenuRadioGroup
              value={query.sort.id}
              onValueChange={(id) => query.sortBy({ id, desc: query.sort.desc })}
            >
              {sortable.map((column) => (
                <DropdownMenuRadioItem key={column.id} value={column.id} onSelect={stayOpen}>
                  {columnLabel(column)}
                </DropdownMenuRadioItem>
              ))}
            </DropdownMenuRadioGroup>
            <DropdownMenuCheckboxItem
              checked={query.sort.desc}
              onCheckedChange={(desc) => query.sortBy({ id: query.sort.id, desc })}
              onSelect={stayOpen}
            >
              Descending
            </DropdownMenuCheckboxItem>
            <DropdownMenuSeparator />
          </>
        )}
        <DropdownMenuCheckboxItem
          checked={preferences.density === "compact"}
          onCheckedChange={(compact) => save({ ...preferences, density: compact ? "compact" : "comfortable" })}
          onSelect={stayOpen}
        >
          Compact rows
        </DropdownMenuCheckboxItem>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Rows per page</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={String(query.size)} onValueChange={(size) => query.setSize(Number(size))}>
          {PAGE_SIZES.map((size) => (
            <DropdownMenuRadioItem key={size} value={String(size)} onSelect={stayOpen}>
              {size}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        {hideable.length > 0 && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuLabel>Columns</DropdownMenuLabel>
            {hideable.map((column) => (
              <DropdownMenuCheckboxItem
                key={column.id}
                checked={column.getIsVisible()}
                onCheckedChange={(shown) =>
                  save({ ...preferences, columns: { ...preferences.columns, [column.id]: shown } })
                }
                onSelect={stayOpen}
              >
                {columnLabel(column)}
              </DropdownMenuCheckboxItem>
            ))}
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
