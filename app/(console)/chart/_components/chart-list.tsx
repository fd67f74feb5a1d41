"use client";
import { ChevronDown, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react";

import { listRows, moveInList, type ListRow } from "@/app/(console)/chart/_components/list-rows";
import { EnvelopeMark, NodeDetail, NodeIcon, NodeMarks } from "@/app/(console)/chart/_components/node-body";
import { nodeHref } from "@/app/(console)/chart/_components/node-href";
import type { ChartState } from "@/app/(console)/chart/_components/use-chart";
import { cn } from "@/components/ui/cn";

/** The same chart as an indented tree: one tab stop, the arrow keys of the ARIA tree pattern. */
export function ChartList({ chart }: { chart: ChartState }) {
  const { children, collapsed, current, matches } = chart;
  const router = useRouter();
  const rows = useMemo(() => listRows(children, collapsed), [children, collapsed]);
  const found = useMemo(() => new Set(matches), [matches]);
  const list = useRef<HTMLUListElement>(null);
  const active = rows.find((row) => row.node.id === current) ?? rows[0];

  useEffect(() => {
    if (current !== null) list.current?.querySelector(`[data-node="${current}"]`)?.scrollIntoView({ block: "nearest" });
  }, [current]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!active || event.metaKey || event.ctrlKey || event.altKey) return;
    if (event.key === "Enter") router.push(nodeHref(active.node));
    else {
      const move = moveInList(rows, active, event.key);
      if (move === null) return;
      event.preventDefault();
      if (move.kind === "toggle") chart.toggle(move.id);
      else chart.look(move.id);
    }
  };

  return (
    <ul
      ref={list}
      role="tree"
      aria-label="Chart as a list"
      tabIndex={0}
      aria-activedescendant={active ? rowId(active) : undefined}
      onKeyDown={onKeyDown}
      className="group min-h-0 flex-1 overflow-y-auto rounded-lg border border-line bg-surface py-1 shadow-card focus-visible:outline-2 focus-visible:outline-ring"
    >
      {rows.map((row) => (
        <Row
          key={row.node.id}
          row={row}
          current={row.node.id === current}
          active={row === active}
          found={found.has(row.node.id)}
          onLook={() => chart.look(row.node.id)}
          onToggle={() => chart.toggle(row.node.id)}
          onEnvelope={chart.openEnvelope}
        />
      ))}
    </ul>
  );
}

const rowId = (row: ListRow): string => `chart-row-${row.node.id}`;

interface RowProps {
  row: ListRow;
  current: boolean;
  active: boolean;
  found: boolean;
  onLook: () => void;
  onToggle: () => void;
  onEnvelope: (id: string) => void;
}

function Row({ row, current, active, found, onLook, onToggle, onEnvelope }: RowProps) {
  const { node, level, open } = row;
  const Chevron = open === true ? ChevronDown : ChevronRight;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the tree around it takes the keys
    <li
      id={rowId(row)}
      role="treeitem"
      data-node={node.id}
      aria-level={level}
      aria-setsize={row.size}
      aria-posinset={row.place}
      aria-expanded={open ?? undefined}
      aria-selected={current}
      tabIndex={-1}
      onClick={onLook}
      className={cn(
        "flex min-h-9 cursor-default items-center gap-2 py-1 pr-3 text-sm [contain-intrinsic-size:auto_36px] [content-visibility:auto] hover:bg-surface-2",
        found && "bg-escalate-soft",
        current && "bg-surface-3",
        active &&
          "group-focus-visible:outline-2 group-focus-visible:-outline-offset-2 group-focus-visible:outline-ring",
      )}
      style={{ paddingLeft: `${8 + Math.min(level - 1, 12) * 20}px` }}
    >
      <span
        aria-hidden
        className={cn(
          "grid size-6 shrink-0 place-items-center rounded-sm text-muted",
          open !== null && "hover:bg-surface-3 hover:text-foreground",
        )}
        onClick={(event) => {
          event.stopPropagation();
          if (open !== null) onToggle();
        }}
      >
        {open !== null && <Chevron className="size-4" />}
      </span>
      <NodeIcon node={node} />
      <Link
        href={nodeHref(node)}
        prefetch={false}
        tabIndex={-1}
        className="min-w-0 truncate font-medium underline-offset-4 hover:underline"
      >
        {node.name}
      </Link>
      <span className="ml-auto flex shrink-0 flex-wrap items-center justify-end gap-2">
        <NodeMarks node={node} />
        {/* On a phone the name needs the room. */}
        <span className="max-sm:hidden">
          <NodeDetail node={node} />
        </span>
        <EnvelopeMark node={node} onOpen={onEnvelope} />
      </span>
    </li>
  );
}
