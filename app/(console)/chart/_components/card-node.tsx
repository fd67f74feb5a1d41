"use client";
import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { ChevronDown, ChevronRight } from "lucide-react";
import Link from "next/link";
import { memo } from "react";

import { EnvelopeMark, isStopped, NodeDetail, NodeIcon, NodeMarks } from "@/app/(console)/chart/_components/node-body";
import { nodeHref } from "@/app/(console)/chart/_components/node-href";
import { cn } from "@/components/ui/cn";
import { formatCount, formatPlural } from "@/components/ui/format/number";
import type { ChartNode } from "@/lib/agents/chart-queries";
import { CARD } from "@/lib/agents/layout";

interface CardData extends Record<string, unknown> {
  node: ChartNode;
  below: number;
  collapsed: boolean;
  current: boolean;
  found: boolean;
  onToggle: (id: string) => void;
  onEnvelope: (id: string) => void;
}

export type CardNodeType = Node<CardData, "card">;

export const cardElementId = (id: string): string => `chart-card-${id}`;

/** One card of the chart. Not a tab stop of its own: the chart moves among cards by arrow keys. */
function Card({ data }: NodeProps<CardNodeType>) {
  const { node, below, collapsed, current, found, onToggle, onEnvelope } = data;
  return (
    <div
      id={cardElementId(node.id)}
      style={{ width: CARD.width, height: CARD.height }}
      className={cn(
        "relative flex flex-col justify-center gap-1.5 rounded-lg border bg-surface px-3 shadow-card",
        isStopped(node) ? "border-deny-line bg-deny-soft" : "border-line-strong",
        node.agent?.status === "retired" && "border-dashed",
        found && "outline-2 outline-offset-2 outline-escalate",
        current && "outline-2 outline-offset-2 outline-ring",
      )}
    >
      <Handle id="top" type="target" position={Position.Top} isConnectable={false} className="invisible" />
      <Handle id="side" type="target" position={Position.Left} isConnectable={false} className="invisible" />
      <div className="flex items-center gap-2">
        <NodeIcon node={node} className={node.kind === "agent" ? "text-accent-text" : undefined} />
        <Link
          href={nodeHref(node)}
          prefetch={false}
          tabIndex={-1}
          className="nodrag nopan min-w-0 truncate rounded-sm text-sm font-medium underline-offset-4 hover:underline"
          title={node.name}
        >
          {node.name}
        </Link>
        <EnvelopeMark node={node} onOpen={onEnvelope} />
      </div>
      <div className="flex min-w-0 items-center gap-2 overflow-hidden whitespace-nowrap">
        <NodeDetail node={node} />
        <NodeMarks node={node} short />
      </div>
      {below > 0 && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={`${collapsed ? "Show" : "Hide"} ${formatPlural(below, "node")} below ${node.name}`}
          onClick={() => onToggle(node.id)}
          className="nodrag nopan absolute -bottom-3 left-1/2 inline-flex h-6 -translate-x-1/2 items-center gap-0.5 rounded-full border border-line-strong bg-surface px-2 text-xs tabular-nums text-muted shadow-card hover:text-foreground"
        >
          {collapsed ? <ChevronRight aria-hidden className="size-3" /> : <ChevronDown aria-hidden className="size-3" />}
          {formatCount(below)}
        </button>
      )}
      <Handle id="below" type="source" position={Position.Bottom} isConnectable={false} className="invisible" />
    </div>
  );
}

export const CardNode = memo(Card);
