import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { appealAgents, countAppeals, listAppeals } from "@/lib/appeals/queries";
import { requireViewer } from "@/lib/auth/session";
import { HistoryTabs } from "../../_components/history-tabs";
import { AppealQueues } from "../_components/appeal-queues";
import { AppealsTable } from "../_components/appeals-table";
import { appealsParams, listParamsOf } from "../search-params";

export const metadata: Metadata = { title: "Appeals" };

export default async function AppealsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, query] = await Promise.all([requireViewer("approval.read"), appealsParams.load(searchParams)]);
  const [{ rows, total }, agents, appeals] = await Promise.all([
    listAppeals(viewer, listParamsOf(query)),
    appealAgents(viewer, query.show),
    countAppeals(viewer),
  ]);
  return (
    <Page layout="fill">
      <PageHeader
        title="Decided"
        description="Agents that were denied and asked for it to be reconsidered. Those that wait stand in the inbox, too."
        actions={<AppealQueues queue={query.show} counts={appeals} />}
      />
      <HistoryTabs />
      <AppealsTable queue={query.show} rows={rows} total={total} agents={agents} />
    </Page>
  );
}
