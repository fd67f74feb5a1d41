import type { ChartNode } from "@/lib/agents/chart-queries";

/** Where a node of the chart leads: an agent to its page, a team or person to the agents below. */
export const nodeHref = (node: Pick<ChartNode, "kind" | "slug">): string =>
  node.kind === "agent" ? `/agents/${node.slug}` : `/agents?node=${node.slug}`;
