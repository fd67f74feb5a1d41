import type { Column, RowData } from "@tanstack/react-table";
import type { Features } from "./columns";

/** What a column is called where its header is not drawn. */
export function columnLabel<RowT extends RowData>(column: Column<Features, RowT>): string {
  const { meta, header } = column.columnDef;
  return meta?.label ?? (typeof header === "string" ? header : column.id);
}
