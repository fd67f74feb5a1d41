import { ScrollText, Siren } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { ExportMenu } from "@/app/(console)/_export/export-menu";
import { auditParams } from "@/app/(console)/audit/search-params";
import { RunStatusBadge } from "@/components/domain/run-status-badge";
import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { incidentsOfRun, isAgentActive } from "@/lib/incidents/queries";
import { getRun } from "@/lib/runs/queries";
import { runTimeline } from "@/lib/runs/timeline-queries";
import { OpenIncident } from "../../incidents/_components/open-incident";
import { HaltButton } from "./_components/halt-button";
import { RunEnd } from "./_components/run-end";
import { RunFacts } from "./_components/run-facts";
import { RunStart } from "./_components/run-start";
import { RunStats } from "./_components/run-stats";
import { RunTimeline } from "./_components/run-timeline";
import { loadTimelineParams, PAGE_ENTRIES } from "./search-params";

interface RunPageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function RunPage({ params, searchParams }: RunPageProps) {
  const [viewer, { id }, { kinds, entry }] = await Promise.all([
    requireViewer("run.read"),
    params,
    loadTimelineParams(searchParams),
  ]);
  const [run, timeline] = await Promise.all([
    getRun(viewer, id),
    runTimeline(viewer, id, { from: entry === null ? { at: "start" } : { around: entry }, kinds, limit: PAGE_ENTRIES }),
  ]);
  if (!run || !timeline) notFound();
  const [incidents, agentActs] = await Promise.all([
    incidentsOfRun(viewer, id),
    isAgentActive(viewer, run.trail.agent.id),
  ]);
  const { agent, mode } = run.trail;
  return (
    <Page>
      <Crumbs items={[{ label: `${agent.name} …${run.id.slice(-8)}` }]} />
      <Live topics={[`run:${id}`, "approvals", "incidents"]} />
      <PageHeader
        leading={<Avatar name={agent.name} shape="square" size="lg" />}
        title={agent.name}
        badges={
          <>
            <RunStatusBadge status={run.status} />
            {mode === "shadow" && <Badge tone="info">Shadow: its answers bind nobody</Badge>}
          </>
        }
        description={<RunSentence run={run} />}
        actions={
          <>
            <ExportMenu
              action={`/runs/${run.id}/export`}
              table="its timeline, for a spreadsheet; times in UTC"
              lines="all of it, with the records that prove it"
            />
            {viewer.access.can("audit.read", agent.id) && (
              <Button asChild>
                <Link href={auditParams.href("/audit", { q: run.id })}>
                  <ScrollText aria-hidden />
                  Audit records
                </Link>
              </Button>
            )}
            {viewer.access.can("incident.open", agent.id) && (
              <OpenIncident agentId={agent.id} agentName={agent.name} active={agentActs} runId={run.id} />
            )}
            {run.mayHalt && <HaltButton runId={run.id} agentName={agent.name} childCount={run.childCount} />}
          </>
        }
      />
      {incidents.map((incident) => (
        <Banner
          key={incident.id}
          tone={incident.state === "open" ? "escalate" : "neutral"}
          icon={<Siren aria-hidden />}
          title={`Part of an incident${incident.state === "open" ? "" : ", resolved"}: ${incident.title}`}
          actions={
            <Link href={`/incidents/${incident.id}`} className="shrink-0 underline underline-offset-4">
              Open it
            </Link>
          }
        />
      ))}
      <RunStats run={run} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <RunTimeline
          key={`${kinds.join()}|${entry ?? ""}`}
          runId={run.id}
          startedAt={run.startedAt}
          initial={timeline}
          kinds={kinds}
          entry={entry}
          revision={`${run.status} ${run.events} ${run.decisions} ${run.waiting} ${run.childCount}`}
          running={run.status === "running"}
          start={<RunStart run={run} />}
          end={<RunEnd run={run} />}
        />
        <RunFacts run={run} />
      </div>
    </Page>
  );
}

function RunSentence({ run }: { run: NonNullable<Awaited<ReturnType<typeof getRun>>> }) {
  const { trigger, onBehalfOf, agent } = run.trail;
  const about = trigger.reference ?? trigger.source;
  return (
    <>
      Started by {trigger.kind}
      {about !== null && ` ${about}`}
      {onBehalfOf !== null && `, on behalf of ${onBehalfOf.subject}`}. It ran as version {agent.version} of the agent,
      for which {agent.owner.name} answers.
    </>
  );
}
