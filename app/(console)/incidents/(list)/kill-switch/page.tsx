import type { Metadata } from "next";
import { Live } from "@/components/live/live";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { countOpen } from "@/lib/incidents/list-queries";
import { countStops, readStops, stoppableNodes, suspendedAgents } from "@/lib/organisation/stops";
import { AgentStops } from "../../_components/agent-stops";
import { EverythingStop } from "../../_components/everything-stop";
import { IncidentTabs } from "../../_components/incident-tabs";
import { SubtreeStops } from "../../_components/subtree-stops";

export const metadata: Metadata = { title: "Kill switch" };

export default async function KillSwitchPage() {
  const viewer = await requireViewer("incident.read");
  const [stops, agents, choices, counts, count] = await Promise.all([
    readStops(viewer),
    suspendedAgents(viewer),
    stoppableNodes(viewer),
    countOpen(viewer),
    countStops(viewer),
  ]);
  return (
    <Page>
      <Live topics={["stops", "agents"]} />
      <PageHeader
        title="Incidents"
        description="Stop agents at once: their very next decision, on every gate, is a deny. What they have done already is not undone."
      />
      <IncidentTabs counts={counts} stops={count} />
      <EverythingStop everything={stops.everything} mayStop={viewer.access.canEverywhere("organisation.write")} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <SubtreeStops nodes={stops.nodes} choices={choices} />
        <AgentStops agents={agents} />
      </div>
    </Page>
  );
}
