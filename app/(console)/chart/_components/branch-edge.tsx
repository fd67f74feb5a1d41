"use client";
import { BaseEdge, type Edge, type EdgeProps } from "@xyflow/react";
import { memo } from "react";

import { edgePath } from "@/app/(console)/chart/_components/edge-path";

export type BranchEdgeType = Edge<{ stacked: boolean; twig: boolean }, "branch">;

/** A line of authority. */
function Branch({ sourceX, sourceY, targetX, targetY, data }: EdgeProps<BranchEdgeType>) {
  const path = edgePath(
    { x: sourceX, y: sourceY },
    { x: targetX, y: targetY },
    data?.stacked === true,
    data?.twig === true,
  );
  return <BaseEdge path={path} style={{ stroke: "var(--line-strong)", strokeWidth: 1.5 }} />;
}

export const BranchEdge = memo(Branch);
