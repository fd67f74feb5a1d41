"use client";
import { useCallback, useMemo, useState } from "react";

import type { ChartNode } from "@/lib/agents/chart-queries";
import { firstCollapsed } from "@/lib/agents/first-collapsed";
import { ancestors, childrenOf } from "@/lib/agents/tree";

/** More cards than this are not shown at first. */
const FIRST_SHOWN = 48;

/** What the chart and the list share: what is open, which node is looked at, what the search finds. */
export interface ChartState {
  nodes: readonly ChartNode[];
  byId: ReadonlyMap<string, ChartNode>;
  children: ReadonlyMap<string | null, ChartNode[]>;
  collapsed: ReadonlySet<string>;
  /** Id of the node that is looked at. */
  current: string | null;
  matches: readonly string[];
  /** Looks at a node, opening what hides it. */
  look: (id: string) => void;
  /** Looks at a node that was just put below another, before or after the page knows it. */
  lookBelow: (parentId: string, id: string) => void;
  toggle: (id: string) => void;
  collapseAll: () => void;
  expandAll: () => void;
  search: (text: string) => void;
  /** The node whose envelope is open. */
  envelope: ChartNode | null;
  openEnvelope: (id: string) => void;
  closeEnvelope: () => void;
  /** Looks at the next (1) or previous (-1) thing found. */
  step: (by: 1 | -1) => void;
  query: string;
}

export function useChart(nodes: readonly ChartNode[], initialSlug: string): ChartState {
  const byId = useMemo(() => new Map(nodes.map((node) => [node.id, node])), [nodes]);
  const children = useMemo(() => childrenOf(nodes), [nodes]);
  const [current, setCurrent] = useState(() => nodes.find((node) => node.slug === initialSlug)?.id ?? null);
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(() => firstCollapsed(nodes, FIRST_SHOWN, current));
  const [envelopeOf, setEnvelopeOf] = useState<string | null>(null);
  const [query, setQuery] = useState("");
  const matches = useMemo(() => find(nodes, query), [nodes, query]);

  const look = useCallback(
    (id: string) => {
      const path = ancestors(byId, id).map((node) => node.id);
      setCollapsed((before) =>
        path.some((one) => before.has(one)) ? new Set([...before].filter((one) => !path.includes(one))) : before,
      );
      setCurrent(id);
    },
    [byId],
  );
  const lookBelow = useCallback(
    (parentId: string, id: string) => {
      look(parentId);
      setCollapsed((before) =>
        before.has(parentId) ? new Set([...before].filter((one) => one !== parentId)) : before,
      );
      setCurrent(id);
    },
    [look],
  );
  const toggle = useCallback((id: string) => {
    setCollapsed((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  const search = (text: string): void => {
    setQuery(text);
    const first = find(nodes, text)[0];
    if (first !== undefined) look(first);
  };
  const step = (by: 1 | -1): void => {
    const at = current === null ? -1 : matches.indexOf(current);
    const next = matches[(at + by + matches.length) % matches.length];
    if (next !== undefined) look(next);
  };
  const closeEnvelope = useCallback(() => setEnvelopeOf(null), []);
  const collapseAll = (): void =>
    setCollapsed(
      new Set(nodes.filter((node) => node.parentId !== null && children.has(node.id)).map((node) => node.id)),
    );
  const expandAll = (): void => setCollapsed(new Set());
  return {
    nodes,
    byId,
    children,
    collapsed,
    current,
    matches,
    look,
    lookBelow,
    toggle,
    collapseAll,
    expandAll,
    search,
    envelope: envelopeOf === null ? null : (byId.get(envelopeOf) ?? null),
    openEnvelope: setEnvelopeOf,
    closeEnvelope,
    step,
    query,
  };
}

/** Nodes that say every word somewhere: in name, slug, lead, owner, tier, status or model. */
function find(nodes: readonly ChartNode[], query: string): string[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return nodes.flatMap((node) => {
    const { agent } = node;
    const text = [node.name, node.slug, node.kind, node.lead, agent?.owner, agent?.tier, agent?.status, agent?.model]
      .join(" ")
      .toLowerCase();
    return words.every((word) => text.includes(word)) ? [node.id] : [];
  });
}
