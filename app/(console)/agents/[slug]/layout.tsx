import { CirclePause, Siren } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

import { EditAgent } from "@/app/(console)/agents/_edit/edit-agent";
import { RetireAgent } from "@/app/(console)/agents/_edit/retire-agent";
import { AgentActions } from "@/app/(console)/agents/[slug]/_components/agent-actions";
import { loadAgent, type AgentPageProps } from "@/app/(console)/agents/[slug]/_components/load-agent";
import { OpenIncident } from "@/app/(console)/incidents/_components/open-incident";
import { AgentStatusBadge } from "@/components/domain/agent-status-badge";
import { TierBadge } from "@/components/domain/tier-badge";
import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { Avatar } from "@/components/ui/avatar";
import { Banner } from "@/components/ui/banner";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { TabNav } from "@/components/ui/tab-nav";
import { boundaryFieldsOf } from "@/lib/agents/boundary";
import { personChoices, agentChoices } from "@/lib/agents/chart-choices";
import { listSystems } from "@/lib/catalogue/queries";
import { openIncidentsOf } from "@/lib/incidents/queries";

export async function generateMetadata({ params }: AgentPageProps): Promise<Metadata> {
  const { agent } = await loadAgent((await params).slug);
  return { title: agent.name };
}

export default async function AgentLayout({ params, children }: AgentPageProps & { children: ReactNode }) {
  const { viewer, agent } = await loadAgent((await params).slug);
  const { id, slug, name, status, tier, boundary, above, may, limits } = agent;
  const mayEdit = may.write && status !== "retired";
  const [incidents, people, others, systems] = await Promise.all([
    openIncidentsOf(viewer, id),
    mayEdit ? personChoices(viewer) : [],
    mayEdit ? agentChoices(viewer, slug) : [],
    mayEdit ? listSystems(viewer) : [],
  ]);
  const href = `/agents/${slug}`;
  const suspendedAbove = above.find((node) => node.suspended);
  return (
    <Page>
      <Crumbs items={[{ label: name }]} />
      <Live topics={["agents", "runs", "chart", "incidents", "envelopes"]} />
      <PageHeader
        leading={<Avatar name={name} shape="square" size="lg" />}
        title={name}
        badges={
          <>
            <AgentStatusBadge status={status} />
            <TierBadge tier={tier} />
          </>
        }
        description={boundary.purpose ?? <span className="font-mono text-xs">{slug}</span>}
        actions={
          <>
            {mayEdit && <RetireAgent id={id} name={name} />}
            {mayEdit && limits && (
              <EditAgent
                agent={{
                  id,
                  name,
                  ownerId: agent.owner.id,
                  version: agent.version,
                  boundary: boundaryFieldsOf(boundary),
                  rate: {
                    ...(limits.run.own && { run: limits.run.text }),
                    ...(limits.agent.own && { agent: limits.agent.text }),
                  },
                  inherited: { run: limits.run.inherited, agent: limits.agent.inherited },
                }}
                people={people}
                others={others}
                systems={systems.map((system) => ({ id: system.id, name: system.name }))}
              />
            )}
            {status !== "retired" && viewer.access.can("incident.open", id) && (
              <OpenIncident agentId={id} agentName={name} active={status === "active"} />
            )}
            <AgentActions id={id} name={name} status={status} maySuspend={may.suspend} mayResume={may.resume} />
          </>
        }
      />
      {status === "suspended" && (
        <Banner tone="deny" icon={<CirclePause aria-hidden />} title="Suspended: every decision is a deny.">
          {agent.suspendedReason}
        </Banner>
      )}
      {incidents.map((incident) => (
        <Banner
          key={incident.id}
          tone="escalate"
          icon={<Siren aria-hidden />}
          title={`Open incident: ${incident.title}`}
          actions={
            <Link href={`/incidents/${incident.id}`} className="shrink-0 underline underline-offset-4">
              Open it
            </Link>
          }
        />
      ))}
      {suspendedAbove && (
        <Banner
          tone="deny"
          icon={<CirclePause aria-hidden />}
          title={`Suspended with everything below ${suspendedAbove.name}.`}
        />
      )}
      <TabNav
        label={name}
        items={[
          { label: "Overview", href },
          { label: "Authority", href: `${href}/authority` },
          ...(may.readRuns ? [{ label: "Autonomy", href: `${href}/autonomy` }] : []),
          { label: "Credentials", href: `${href}/credentials` },
          ...(may.readRuns ? [{ label: "Runs", href: `${href}/runs` }] : []),
          { label: "Versions", href: `${href}/versions` },
          ...(may.readAudit ? [{ label: "Audit", href: `${href}/audit` }] : []),
        ]}
      />
      {children}
    </Page>
  );
}
