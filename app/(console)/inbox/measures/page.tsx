import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Suspense } from "react";

import { BreakdownCard } from "@/app/(console)/inbox/measures/_components/breakdown-card";
import { MeasuresFilter } from "@/app/(console)/inbox/measures/_components/measures-filter";
import { MeasureStats } from "@/app/(console)/inbox/measures/_components/measure-stats";
import { SuggestionsCard } from "@/app/(console)/inbox/measures/_components/suggestions-card";
import { OutcomesOverTime, TimeToDecision } from "@/app/(console)/inbox/measures/_components/trend-cards";
import { WaitingCard } from "@/app/(console)/inbox/measures/_components/waiting-card";
import { measureFilterOf, measuresParams } from "@/app/(console)/inbox/measures/search-params";
import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { requireViewer } from "@/lib/auth/session";
import { measureDays, measuredAgents } from "@/lib/measures/queries";
import { waitingAges } from "@/lib/measures/waiting";

export const metadata: Metadata = { title: "Measures of approvals" };

export default async function MeasuresPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, query] = await Promise.all([requireViewer("measures.read"), measuresParams.load(searchParams)]);
  const filter = measureFilterOf(query, viewer.clock.now());
  const [{ whole, days }, ages, agents] = await Promise.all([
    measureDays(viewer, filter),
    waitingAges(viewer, filter.agents),
    measuredAgents(viewer, filter),
  ]);
  return (
    <Page>
      <Crumbs items={[{ label: "Measures" }]} />
      <Live topics={["measures", "approvals"]} />
      <PageHeader
        title="Measures"
        description="How fast approvals are decided, what came of them, and which rules ask too much or too little."
        actions={<MeasuresFilter agents={agents.map(({ id, name, count }) => ({ value: id, label: name, count }))} />}
      />
      <MeasureStats whole={whole} filter={filter} />
      <Suspense fallback={<Skeleton className="h-24 rounded-lg" />}>
        <SuggestionsCard viewer={viewer} />
      </Suspense>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <OutcomesOverTime days={days} filter={filter} />
        <TimeToDecision whole={whole} days={days} filter={filter} />
      </div>
      <Suspense key={query.by} fallback={<Skeleton className="h-72 rounded-lg" />}>
        <BreakdownCard viewer={viewer} query={query} filter={filter} />
      </Suspense>
      <WaitingCard ages={ages} agents={filter.agents} />
    </Page>
  );
}
