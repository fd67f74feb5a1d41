import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { countOpen, incidentAgents, listIncidents } from "@/lib/incidents/list-queries";
import { countStops } from "@/lib/organisation/stops";
import { IncidentTabs } from "../_components/incident-tabs";
import { IncidentsTable } from "../_components/incidents-table";
import { incidentsParams, listParamsOf } from "../search-params";

export const metadata: Metadata = { title: "Incidents" };

export default async function IncidentsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, query] = await Promise.all([requireViewer("incident.read"), incidentsParams.load(searchParams)]);
  const [{ rows, total }, agents, counts, stops] = await Promise.all([
    listIncidents(viewer, listParamsOf(query)),
    incidentAgents(viewer),
    countOpen(viewer),
    countStops(viewer),
  ]);
  return (
    <Page layout="fill">
      <PageHeader
        title="Incidents"
        description="Where an agent's work went wrong: what happened, what was done about it, and why it happened."
      />
      <IncidentTabs counts={counts} stops={stops} />
      <IncidentsTable rows={rows} total={total} agents={agents} />
    </Page>
  );
}
