import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { appealAgents, countAppeals, listAppeals } from "@/lib/appeals/queries";
import { countApprovals } from "@/lib/approvals/list-queries";
import { requireViewer } from "@/lib/auth/session";
import { QueueTabs } from "../../_components/queue-tabs";
import { AppealQueues } from "../_components/appeal-queues";
import { AppealsTable } from "../_components/appeals-table";
import { appealsParams, listParamsOf } from "../search-params";

export const metadata: Metadata = { title: "Appeals" };

export default async function AppealsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, query] = await Promise.all([requireViewer("approval.read"), appealsParams.load(searchParams)]);
  const [{ rows, total }, agents, appeals, approvals] = await Promise.all([
    listAppeals(viewer, listParamsOf(query)),
    appealAgents(viewer, query.show),
    countAppeals(viewer),
    countApprovals(viewer),
  ]);
  return (
    <Page layout="fill">
      <PageHeader
        title="Approvals"
        description="Agents that were denied and ask for it to be reconsidered, by those who may change what denied them."
        actions={<AppealQueues queue={query.show} counts={appeals} />}
      />
      <QueueTabs queue="appeals" counts={approvals} appeals={appeals.mine} />
      <AppealsTable queue={query.show} rows={rows} total={total} agents={agents} />
    </Page>
  );
}
