import { CirclePause } from "lucide-react";
import type { Metadata } from "next";
import type { ReactNode } from "react";

import { AgentActions } from "@/app/(console)/agents/[slug]/_components/agent-actions";
import { loadAgent, type AgentPageProps } from "@/app/(console)/agents/[slug]/_components/load-agent";
import { AgentStatusBadge } from "@/components/domain/agent-status-badge";
import { TierBadge } from "@/components/domain/tier-badge";
import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { Avatar } from "@/components/ui/avatar";
import { Banner } from "@/components/ui/banner";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { TabNav } from "@/components/ui/tab-nav";

export async function generateMetadata({ params }: AgentPageProps): Promise<Metadata> {
  const { agent } = await loadAgent((await params).slug);
  return { title: agent.name };
}

export default async function AgentLayout({ params, children }: AgentPageProps & { children: ReactNode }) {
  const { agent } = await loadAgent((await params).slug);
  const { id, slug, name, status, tier, boundary, above, may } = agent;
  const href = `/agents/${slug}`;
  const suspendedAbove = above.find((node) => node.suspended);
  return (
    <Page>
      <Crumbs items={[{ label: name }]} />
      <Live topics={["agents", "runs", "chart"]} />
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
        actions={<AgentActions id={id} name={name} status={status} maySuspend={may.suspend} mayResume={may.resume} />}
      />
      {status === "suspended" && (
        <Banner tone="deny" icon={<CirclePause aria-hidden />} title="Suspended: every decision is a deny.">
          {agent.suspendedReason}
        </Banner>
      )}
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
