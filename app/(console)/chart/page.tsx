import { Network } from "lucide-react";
import type { SearchParams } from "nuqs/server";

import { ChartView } from "@/app/(console)/chart/_components/chart-view";
import { loadChartParams } from "@/app/(console)/chart/search-params";
import { Banner } from "@/components/ui/banner";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/components/ui/format/number";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { chartChoices } from "@/lib/agents/chart-choices";
import { CHART_LIMIT, getChart } from "@/lib/agents/chart-queries";
import { requireViewer } from "@/lib/auth/session";

export const metadata = { title: "Chart" };

export default async function ChartPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const viewer = await requireViewer("chart.read");
  const [{ focus }, { nodes, truncated }, choices] = await Promise.all([
    loadChartParams(searchParams),
    getChart(viewer),
    chartChoices(viewer),
  ]);
  return (
    <Page layout="fill">
      <PageHeader title="Chart" description="Authority flows down and only narrows; questions flow up." />
      {truncated && <Banner tone="escalate">Only the first {formatCount(CHART_LIMIT)} nodes are shown.</Banner>}
      {nodes.length === 1 && choices !== null && (
        <Banner tone="info" icon={<Network aria-hidden />} title="Begin with a team">
          Add one, then the people who answer for its work and the agents that do it. Whoever stands above is asked, and
          what they may do bounds everything below.
        </Banner>
      )}
      {nodes.length === 0 ? (
        <EmptyState
          icon={Network}
          title="The chart is empty"
          description="Describe teams, people and agents in a manifest and apply it with npm run remit -- apply -f FILE."
        />
      ) : (
        <ChartView nodes={nodes} initialFocus={focus} choices={choices} viewerId={viewer.person.id} />
      )}
    </Page>
  );
}
