import { notFound } from "next/navigation";
import { cache } from "react";

import { getAgent, type AgentDetail } from "@/lib/agents/agent-queries";
import { requireViewer } from "@/lib/auth/session";
import type { Viewer } from "@/lib/auth/viewer";

/** The viewer and the agent of this address, read once for the layout and the tab; 404 when there is none in sight. */
export const loadAgent = cache(async (slug: string): Promise<{ viewer: Viewer; agent: AgentDetail }> => {
  const viewer = await requireViewer("chart.read");
  const agent = await getAgent(viewer, slug);
  if (agent === null) notFound();
  return { viewer, agent };
});

export interface AgentPageProps {
  params: Promise<{ slug: string }>;
}
