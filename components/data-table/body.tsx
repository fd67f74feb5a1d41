"use client";
import type { ReactTable, RowData } from "@tanstack/react-table";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { MouseEvent, Ref } from "react";
import { cn } from "@/components/ui/cn";
import type { Features } from "./columns";
import { columnLabel } from "./column-label";
import type { Density } from "./preferences";
import { ROLES } from "./roles";
import { ROW_LINK } from "./row-focus";

interface TableBodyProps<RowT extends RowData> {
  table: ReactTable<Features, RowT>;
  density: Density;
  rowHref: ((row: RowT) => string) | undefined;
  ref: Ref<HTMLTableSectionElement>;
}

const INTERACTIVE = "a,button,input,label,select,summary,[role=button],[role=menuitem],[role=dialog]";

export function TableBody<RowT extends RowData>({ table, density, rowHref, ref }: TableBodyProps<RowT>) {
  const router = useRouter();

  // For the mouse the whole row is the link; keyboards and screen readers have the real one in the title cell.
  const openRow = (event: MouseEvent, href: string) => {
    if (event.button > 1 || event.defaultPrevented) return;
    if (event.target instanceof Element && event.target.closest(INTERACTIVE) !== null) return;
    if (window.getSelection()?.isCollapsed === false) return;
    if (event.button === 1 || event.metaKey || event.ctrlKey) window.open(href, "_blank", "noopener");
    else router.push(href);
  };

  return (
    <tbody ref={ref} {...ROLES.group} className="@max-2xl:block">
      {table.getRowModel().rows.map((row) => {
        const href = rowHref?.(row.original);
        return (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- see openRow
          <tr
            key={row.id}
            {...ROLES.row}
            onClick={href === undefined ? undefined : (event) => openRow(event, href)}
            onAuxClick={href === undefined ? undefined : (event) => openRow(event, href)}
            className={cn(
              "group/row bg-surface transition-colors has-[[data-row-link]:focus-visible]:bg-accent-soft",
              href !== undefined && "cursor-pointer hover:bg-surface-2",
              "@max-2xl:flex @max-2xl:flex-wrap @max-2xl:items-start @max-2xl:gap-x-4 @max-2xl:gap-y-2 @max-2xl:border-b @max-2xl:border-line @max-2xl:px-4 @max-2xl:py-3 @max-2xl:last:border-b-0",
            )}
          >
            {row.getVisibleCells().map((cell, index) => {
              const { meta } = cell.column.columnDef;
              const place = meta?.card ?? (index === 0 ? "title" : "pair");
              const content = <table.FlexRender cell={cell} />;
              return (
                <td
                  key={cell.id}
                  {...ROLES.cell}
                  className={cn(
                    "whitespace-nowrap border-b border-line px-3 text-sm first:pl-4 last:pr-4 group-last/row:border-b-0",
                    density === "compact" ? "h-8 py-1" : "h-10 py-2",
                    meta?.align === "end" && "text-right tabular-nums @max-2xl:text-left",
                    index === 0 && "sticky left-0 z-10 bg-inherit @max-2xl:static",
                    "@max-2xl:h-auto @max-2xl:border-0 @max-2xl:p-0!",
                    place === "title" &&
                      "w-full min-w-52 max-w-0 @max-2xl:-order-2 @max-2xl:min-w-[55%] @max-2xl:flex-1",
                    place === "corner" && "@max-2xl:-order-1 @max-2xl:shrink-0",
                    place === "pair" && "@max-2xl:grow @max-2xl:basis-[calc(50%-0.5rem)]",
                    place === "hidden" && "@max-2xl:hidden",
                    meta?.className,
                    // A column's width is for the table; cards have their own.
                    "@max-2xl:w-auto! @max-2xl:max-w-none!",
                  )}
                >
                  {place === "pair" && (
                    <span aria-hidden className="hidden text-2xs text-muted @max-2xl:block">
                      {columnLabel(cell.column)}
                    </span>
                  )}
                  {index === 0 && href !== undefined ? (
                    <Link
                      href={href}
                      prefetch={false}
                      {...{ [ROW_LINK]: "" }}
                      className="block min-w-0 rounded-sm font-medium outline-offset-4"
                    >
                      {content}
                    </Link>
                  ) : (
                    content
                  )}
                </td>
              );
            })}
          </tr>
        );
      })}
    </tbody>
  );
}
