import type { SearchParams } from "nuqs/server";
import { Suspense } from "react";

import { actionToTry } from "@/app/(console)/_components/first-decision";
import { ConnectAgent } from "@/app/(console)/_overview/connect-agent";
import { DecisionsCard } from "@/app/(console)/_overview/decisions-card";
import { DeniedCard } from "@/app/(console)/_overview/denied-card";
import { FeedCard } from "@/app/(console)/_overview/feed-card";
import { FleetStats } from "@/app/(console)/_overview/fleet-stats";
import { loadOverviewParams } from "@/app/(console)/_overview/search-params";
import { TiersCard } from "@/app/(console)/_overview/tiers-card";
import { WaitingCard } from "@/app/(console)/_overview/waiting-card";
import { Live } from "@/components/live/live";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { effectiveAuthority } from "@/lib/agents/authority-queries";
import { requireViewer } from "@/lib/auth/session";
import { firstSteps, fleet, waitingApprovals } from "@/lib/overview/queries";
import { env } from "@/lib/server/env";

export const metadata = { title: "Overview" };

export default async function OverviewPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const viewer = await requireViewer();
  const [{ span }, start] = await Promise.all([loadOverviewParams(searchParams), firstSteps(viewer)]);
  if (!start.runs) {
    const authority = start.agent && (await effectiveAuthority(viewer, start.agent.id));
    return (
      <Page layout="narrow">
        <Live topics={["runs", "agents", "chart"]} />
        <PageHeader
          title="Overview"
          description="Nothing has run yet. Connect an agent: it takes about five minutes."
        />
        <ConnectAgent
          gateUrl={env().REMIT_GATE_URL}
          agentSlug={start.agent?.slug ?? null}
          tryAction={actionToTry(authority?.actions ?? [])}
        />
      </Page>
    );
  }
  const [counts, waiting] = await Promise.all([fleet(viewer), waitingApprovals(viewer)]);
  return (
    <Page>
      <Live topics={["runs", "approvals", "agents", "chart"]} />
      <PageHeader title="Overview" />
      <FleetStats viewer={viewer} fleet={counts} waiting={waiting} />
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="flex min-w-0 flex-col gap-4 lg:col-span-2">
          <WaitingCard waiting={waiting} />
          <Suspense fallback={<Skeleton className="h-72 rounded-lg" />}>
            <DecisionsCard viewer={viewer} span={span} />
          </Suspense>
          <Suspense fallback={<Skeleton className="h-64 rounded-lg" />}>
            <DeniedCard viewer={viewer} span={span} />
          </Suspense>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <TiersCard fleet={counts} />
          <Suspense fallback={<Skeleton className="h-96 rounded-lg" />}>
            <FeedCard viewer={viewer} />
          </Suspense>
        </div>
      </div>
    </Page>
  );
}
