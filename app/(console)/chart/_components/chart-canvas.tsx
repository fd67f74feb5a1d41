"use client";
import "@xyflow/react/dist/base.css";
import { Panel, Position, ReactFlow, ReactFlowProvider, useReactFlow } from "@xyflow/react";
import { Maximize, Minus, Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react";

import { BranchEdge, type BranchEdgeType } from "@/app/(console)/chart/_components/branch-edge";
import { cardElementId, CardNode, type CardNodeType } from "@/app/(console)/chart/_components/card-node";
import { nodeHref } from "@/app/(console)/chart/_components/node-href";
import { moveInChart } from "@/app/(console)/chart/_components/move-in-chart";
import type { ChartState } from "@/app/(console)/chart/_components/use-chart";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { Button } from "@/components/ui/button";
import { beginAt, fitTop, inView } from "@/app/(console)/chart/_components/fit-top";
import { CARD, layoutTree, type Placed } from "@/lib/agents/layout";
import type { ChartNode } from "@/lib/agents/chart-queries";

const NODE_TYPES = { card: CardNode };
const EDGE_TYPES = { branch: BranchEdge };
/** Known beforehand, so that no card has to be measured before its edges can be drawn. */
const HANDLES = [
  { id: "top", type: "target" as const, position: Position.Top, x: CARD.width / 2, y: 0, width: 1, height: 1 },
  { id: "side", type: "target" as const, position: Position.Left, x: 0, y: CARD.height / 2, width: 1, height: 1 },
  {
    id: "below",
    type: "source" as const,
    position: Position.Bottom,
    x: CARD.width / 2,
    y: CARD.height,
    width: 1,
    height: 1,
  },
];

export function ChartCanvas({ chart }: { chart: ChartState }) {
  return (
    <ReactFlowProvider>
      <Canvas chart={chart} />
    </ReactFlowProvider>
  );
}

function Canvas({ chart }: { chart: ChartState }) {
  const { nodes, collapsed, current, matches, toggle, openEnvelope } = chart;
  const flow = useReactFlow();
  const router = useRouter();
  const placed = useMemo(() => layoutTree(nodes, collapsed), [nodes, collapsed]);
  const found = useMemo(() => new Set(matches), [matches]);
  const cards = useMemo(
    () => placed.map((one) => cardOf(one, current, found, toggle, openEnvelope)),
    [placed, current, found, toggle, openEnvelope],
  );
  const stacked = useMemo(() => new Set(placed.flatMap((one) => (one.stacked ? [one.node.id] : []))), [placed]);
  const edges = useMemo(() => placed.flatMap((one) => edgeOf(one, stacked)), [placed, stacked]);
  // Below a closed node it has no card.
  const active = cards.some((card) => card.id === current) ? current : null;

  // What is looked at comes into the middle when it is out of sight; before anything is looked at, the whole chart is shown.
  const frame = useRef<HTMLDivElement>(null);
  const seen = useRef<string | null>(null);
  useEffect(() => {
    const one = current === null ? undefined : placed.find(({ node }) => node.id === current);
    // Moved below another node it is looked for again.
    const place = one && `${one.node.id} below ${one.node.parentId}`;
    if (!one || !place || place === seen.current) return;
    seen.current = place;
    const view = flow.getViewport();
    if (frame.current && inView(one, view, frame.current.clientWidth, frame.current.clientHeight)) return;
    const zoom = Math.max(view.zoom, 0.8);
    void flow.setCenter(one.x + CARD.width / 2, one.y + CARD.height / 2, { zoom, duration: 200 });
  }, [current, placed, flow]);

  const fit = (duration: number): void => {
    if (frame.current)
      void flow.setViewport(fitTop(placed, frame.current.clientWidth, frame.current.clientHeight), { duration });
  };
  // Before the canvas is there nothing can be brought into view: the effect above came too early for what an address names.
  const begin = (): void => {
    const one = placed.find(({ node }) => node.id === current);
    const box = frame.current;
    if (!box) return;
    const view = beginAt(placed, box.clientWidth, box.clientHeight);
    if (!one || inView(one, view, box.clientWidth, box.clientHeight)) void flow.setViewport(view);
    else void flow.setCenter(one.x + CARD.width / 2, one.y + CARD.height / 2, { zoom: 0.8 });
  };
  useHotkeys([
    { keys: "f", label: "Fit the chart", group: "Chart", run: () => fit(200) },
    { keys: "shift+e", label: "Open everything", group: "Chart", palette: true, run: chart.expandAll },
    { keys: "shift+c", label: "Close everything", group: "Chart", palette: true, run: chart.collapseAll },
  ]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const move = moveInChart({ ...chart, stacked }, event.key);
    if (move === null) return;
    event.preventDefault();
    if (move.kind === "look") chart.look(move.id);
    else if (move.kind === "toggle") toggle(move.id);
    else router.push(nodeHref(move.node));
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- one tab stop; the arrow keys move among the cards
    <div
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset would bring a form's semantics and styles
      ref={frame}
      role="group"
      aria-label="Chart. Arrow keys move among the cards, Space opens and closes, Enter leads to the page."
      aria-activedescendant={active === null ? undefined : cardElementId(active)}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="relative min-h-96 flex-1 overflow-hidden [&_.react-flow\_\_attribution]:bg-transparent! [&_.react-flow\_\_attribution_a]:text-muted! rounded-lg border border-line bg-canvas focus-visible:outline-2 focus-visible:outline-ring"
    >
      <ReactFlow
        nodes={cards}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodeClick={(_, node) => chart.look(node.id)}
        onlyRenderVisibleElements
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        deleteKeyCode={null}
        panOnScroll
        minZoom={0.05}
        maxZoom={1.5}
        attributionPosition="bottom-left"
        onInit={begin}
      >
        <Panel position="bottom-right" className="flex gap-1 rounded-md border border-line bg-surface p-1 shadow-card">
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label="Zoom out"
            onClick={() => void flow.zoomOut({ duration: 150 })}
          >
            <Minus aria-hidden />
          </Button>
          <Button
            variant="ghost"
            size="icon-sm"
            aria-label="Zoom in"
            onClick={() => void flow.zoomIn({ duration: 150 })}
          >
            <Plus aria-hidden />
          </Button>
          <Button variant="ghost" size="icon-sm" aria-label="Fit the chart" title="Fit (f)" onClick={() => fit(200)}>
            <Maximize aria-hidden />
          </Button>
        </Panel>
      </ReactFlow>
    </div>
  );
}

function cardOf(
  one: Placed<ChartNode>,
  current: string | null,
  found: ReadonlySet<string>,
  onToggle: (id: string) => void,
  onEnvelope: (id: string) => void,
): CardNodeType {
  const { node, x, y, below, collapsed } = one;
  return {
    id: node.id,
    type: "card",
    position: { x, y },
    width: CARD.width,
    height: CARD.height,
    handles: HANDLES,
    // Nothing is dragged here. What is, stays in the document wherever the chart stands, as the card must that the chart names as active.
    dragging: node.id === current,
    data: { node, below, collapsed, current: node.id === current, found: found.has(node.id), onToggle, onEnvelope },
  };
}

function edgeOf({ node, stacked }: Placed<ChartNode>, columns: ReadonlySet<string>): BranchEdgeType[] {
  if (node.parentId === null) return [];
  return [
    {
      id: `${node.parentId} ${node.id}`,
      source: node.parentId,
      target: node.id,
      targetHandle: stacked ? "side" : "top",
      type: "branch",
      data: { stacked, twig: stacked && columns.has(node.parentId) },
    },
  ];
}
