"use client";
import { type RowData, useTable } from "@tanstack/react-table";
import { type LucideIcon, SearchX } from "lucide-react";
import type { ParserMap } from "nuqs/server";
import { type ReactNode, useRef } from "react";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { TableBody } from "./body";
import { type TableColumns, features } from "./columns";
import { DisplayMenu } from "./display-menu";
import { type Facet, FacetFilter } from "./facet-filter";
import { TableHeader } from "./header";
import { emptiness, type Paging } from "./page-range";
import { neighbours, type Noun, Pager } from "./pager";
import { ROLES } from "./roles";
import { moveRowFocus } from "./row-focus";
import { SearchBox } from "./search-box";
import { useTablePreferences } from "./use-preferences";
import { useTableQuery } from "./use-table-query";

interface DataTableProps<RowT extends RowData> {
  /** Names the table for assistive technology, and the stored preferences: unique in the console. */
  name: string;
  noun: Noun;
  /** The route's `tableParams`. */
  params: { parsers: ParserMap };
  columns: TableColumns<RowT>;
  /** One page of narrow, plain rows from the server. */
  rows: readonly RowT[];
  rowId: (row: RowT) => string;
  /** Where a row leads. The first column's cell becomes the link, so it must not hold one itself. */
  rowHref?: (row: RowT) => string;
  paging: Paging;
  facets?: readonly Facet[];
  /** Placeholder of the search box; without it there is none. */
  searchLabel?: string;
  /** Column ids whose first press sorts the largest first (times, numbers). */
  descFirst?: readonly string[];
  /** What stands there when nothing exists yet. */
  empty: { title: string; description?: ReactNode; icon?: LucideIcon; action?: ReactNode };
  /** More controls in the toolbar, in front of Display. */
  toolbar?: ReactNode;
  /** Takes the height of its `<Page layout="fill">`: head and foot stay, rows scroll. */
  fill?: boolean;
  /** j, k, /, [ and ]. Off for a second table on a page. */
  hotkeys?: boolean;
}

/** The one table of the console: server paging, sorting, filters and search in the URL; cards on narrow screens. */
export function DataTable<RowT extends RowData>(props: DataTableProps<RowT>) {
  const {
    name,
    noun,
    params,
    columns,
    rows,
    rowId,
    rowHref,
    paging,
    facets = [],
    fill = false,
    hotkeys = true,
  } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const query = useTableQuery(params);
  const [preferences, savePreferences] = useTablePreferences(name);
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: rowId,
    state: { columnVisibility: visibilityOf(columns, preferences.columns) },
  });
  const why = emptiness(rows.length, query.filtered, query.page, paging);
  const { previous, next } = neighbours(paging, query);

  useHotkeys(
    [
      { keys: "j", label: "Next row", group: "List", run: () => body.current && moveRowFocus(body.current, 1) },
      { keys: "k", label: "Previous row", group: "List", run: () => body.current && moveRowFocus(body.current, -1) },
      { keys: "/", label: "Search the list", group: "List", run: () => searchBox.current?.focus() },
      { keys: "]", label: "Next page", group: "List", run: () => next !== null && query.goTo(next) },
      { keys: "[", label: "Previous page", group: "List", run: () => previous !== null && query.goTo(previous) },
    ],
    { enabled: hotkeys },
  );

  return (
    <section aria-label={name} className={cn("flex min-w-0 flex-col gap-3", fill && "lg:min-h-0 lg:flex-1")}>
      <div className="flex flex-wrap items-center gap-2">
        {props.searchLabel !== undefined && (
          <SearchBox ref={searchBox} label={props.searchLabel} value={query.q} onChange={query.search} hint={hotkeys} />
        )}
        {facets.map((facet) => (
          <FacetFilter
            key={facet.id}
            facet={facet}
            chosen={query.facet(facet.id)}
            onChange={(values) => query.setFacet(facet.id, values)}
          />
        ))}
        {query.filtered && (
          <Button variant="ghost" onClick={query.clear}>
            Clear
          </Button>
        )}
        <div className="ml-auto flex items-center gap-2">
          {props.toolbar}
          <DisplayMenu table={table} query={query} preferences={preferences} save={savePreferences} />
        </div>
      </div>
      <div
        className={cn(
          "@container flex min-w-0 flex-col rounded-lg border border-line bg-surface shadow-card",
          fill && "lg:min-h-0 lg:flex-1",
        )}
      >
        {why === "none" ? (
          <div
            className={cn("relative overflow-x-auto rounded-t-lg", fill && "lg:min-h-0 lg:flex-1 lg:overflow-y-auto")}
          >
            <table
              {...ROLES.table}
              aria-label={name}
              aria-busy={query.pending}
              className={cn(
                "w-full border-separate border-spacing-0 bg-surface transition-opacity @max-2xl:block",
                query.pending && "opacity-60",
              )}
            >
              <TableHeader table={table} query={query} descFirst={props.descFirst ?? []} sticky={fill} />
              <TableBody ref={body} table={table} density={preferences.density} rowHref={rowHref} />
            </table>
          </div>
        ) : (
          <div className={cn("grid place-items-center", fill && "lg:flex-1")}>
            {why === "nothing-yet" && <EmptyState {...props.empty} />}
            {why === "no-match" && (
              <EmptyState
                icon={SearchX}
                title={`No ${noun.many} match`}
                description="Try fewer filters or another search."
                action={<Button onClick={query.clear}>Clear filters</Button>}
              />
            )}
            {why === "past-the-end" && (
              <EmptyState
                title="This page is empty"
                description={`The ${noun.many} that were here have moved.`}
                action={<Button onClick={() => query.goTo("first")}>Go to the first page</Button>}
              />
            )}
          </div>
        )}
        {why === "none" && <Pager paging={paging} query={query} shown={rows.length} noun={noun} />}
      </div>
      <p aria-live="polite" className="sr-only">
        {query.pending
          ? ""
          : why === "none"
            ? `${rows.length} ${rows.length === 1 ? noun.one : noun.many} shown`
            : `No ${noun.many}`}
      </p>
    </section>
  );
}

function visibilityOf<RowT extends RowData>(columns: TableColumns<RowT>, chosen: Readonly<Record<string, boolean>>) {
  const visibility: Record<string, boolean> = {};
  for (const column of columns) {
    const id = column.id ?? ("accessorKey" in column ? String(column.accessorKey) : undefined);
    if (id === undefined) continue;
    visibility[id] = column.meta?.fixed === true || (chosen[id] ?? column.meta?.hiddenByDefault !== true);
  }
  return visibility;
}
