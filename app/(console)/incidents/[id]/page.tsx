import { CirclePause } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";
import { AgentChip } from "@/components/domain/agent-chip";
import { AgentStatusBadge } from "@/components/domain/agent-status-badge";
import { INCIDENT_SOURCE_LOOKS, IncidentStateBadge } from "@/components/domain/incident-state-badge";
import { SeverityBadge } from "@/components/domain/severity-badge";
import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { requireViewer } from "@/lib/auth/session";
import { getIncident } from "@/lib/incidents/queries";
import type { IncidentDetail } from "@/lib/incidents/views";
import { IncidentRuns } from "./_components/incident-runs";
import { IncidentTimeline } from "./_components/incident-timeline";
import { NoteForm } from "./_components/note-form";
import { ResolveIncident } from "./_components/resolve-incident";

export default async function IncidentPage({ params }: { params: Promise<{ id: string }> }) {
  const [viewer, { id }] = await Promise.all([requireViewer("incident.read"), params]);
  const incident = await getIncident(viewer, id);
  if (!incident) notFound();
  const { agent, state, severity, title, paused, may } = incident;
  const open = state === "open";
  return (
    <Page>
      <Crumbs items={[{ label: title }]} />
      <Live topics={[`incident:${id}`, "agents", "runs"]} />
      <PageHeader
        title={title}
        badges={
          <>
            <IncidentStateBadge state={state} />
            <SeverityBadge severity={severity} />
            {paused && (
              <Badge tone="neutral" icon={<CirclePause aria-hidden />}>
                Agent suspended by it
              </Badge>
            )}
          </>
        }
        description={
          <>
            About <AgentChip name={agent.name} href={`/agents/${agent.slug}`} />, opened{" "}
            <Time value={incident.openedAt} /> by{" "}
            {incident.openedBy ?? `Remit: ${INCIDENT_SOURCE_LOOKS[incident.source].label.toLowerCase()}`}.
          </>
        }
        actions={
          open &&
          may.resolve && (
            <ResolveIncident
              incidentId={id}
              agentName={agent.name}
              suspended={incident.agentStatus === "suspended"}
              mayResume={may.resume}
              others={incident.others.length}
            />
          )
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <Card>
          <CardHeader title="What happened" />
          <CardBody className="flex flex-col gap-5">
            <IncidentTimeline entries={incident.entries} />
            {open && may.note && <NoteForm incidentId={id} />}
          </CardBody>
        </Card>
        <div className="flex min-w-0 flex-col gap-4">
          <Card>
            <CardHeader title={open ? "Now" : "Resolved"} />
            <CardBody>
              <KeyValueList items={factsOf(incident)} />
            </CardBody>
          </Card>
          <Card>
            <CardHeader title="Runs in which it happened" />
            <CardBody>
              <IncidentRuns runs={incident.runs} />
            </CardBody>
          </Card>
        </div>
      </div>
    </Page>
  );
}

function factsOf(incident: IncidentDetail) {
  const items = [{ label: "Agent", value: <AgentStatusBadge status={incident.agentStatus} /> }];
  if (incident.resolvedAt === null) {
    return [
      ...items,
      { label: "Opened by", value: INCIDENT_SOURCE_LOOKS[incident.source].label },
      { label: "Open since", value: <Time value={incident.openedAt} format="minute" /> },
      {
        label: "Also open",
        value:
          incident.others.length === 0 ? null : (
            <ul>
              {incident.others.map((other) => (
                <li key={other.id}>
                  <Link href={`/incidents/${other.id}`} className="text-accent-text underline-offset-4 hover:underline">
                    {other.title}
                  </Link>
                </li>
              ))}
            </ul>
          ),
      },
    ];
  }
  return [
    ...items,
    { label: "Cause", value: incident.cause },
    { label: "By", value: incident.resolvedBy },
    { label: "At", value: <Time value={incident.resolvedAt} format="minute" /> },
    { label: "Agent resumed", value: incident.resumed ? "Yes, with it" : "No" },
  ];
}
