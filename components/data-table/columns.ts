import {
  columnVisibilityFeature,
  createColumnHelper,
  metaHelper,
  type RowData,
  tableFeatures,
  type TableOptions,
} from "@tanstack/react-table";

interface TableColumnMeta {
  /** What the column is called in menus and on cards; the header's text by default. */
  label?: string;
  /** Numbers stand at the end. */
  align?: "start" | "end";
  /** Classes for header and cells alike, mostly a width: "w-40", "min-w-56 max-w-96". */
  className?: string;
  /**
   * On narrow screens rows become cards: the `title` is the card's first line, the `corner` stands at its right (a
   * state's badge), a `pair` is a label with its value, `hidden` is left out. The first column is the title (and the
   * row's link, and takes the room that is left over in the table); the others are pairs by default.
   */
  card?: "title" | "corner" | "pair" | "hidden";
  /** Always shown; not in the columns menu. */
  fixed?: boolean;
  /** Hidden until a person asks for it. */
  hiddenByDefault?: boolean;
}

export const features = tableFeatures({ columnVisibilityFeature, columnMeta: metaHelper<TableColumnMeta>() });

export type Features = typeof features;
export type TableColumns<RowT extends RowData> = TableOptions<Features, RowT>["columns"];

/**
 * The column helper of the house: `const column = columnsOf<RunRow>()`, then `column.columns([column.accessor(…)])`
 * at module scope of the client file that renders the table. A column can be sorted by when its id is one of the sorts in
 * the route's params.
 */
export function columnsOf<RowT extends RowData>() {
  return createColumnHelper<Features, RowT>();
}
