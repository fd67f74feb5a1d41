import type { SearchParams } from "nuqs/server";

import { AgentsTable } from "@/app/(console)/agents/_components/agents-table";
import { NodeFilter } from "@/app/(console)/_components/node-filter";
import { NewAgent } from "@/app/(console)/agents/_edit/new-agent";
import { agentsParams } from "@/app/(console)/agents/search-params";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { chartChoices } from "@/lib/agents/chart-choices";
import { agentListSchema } from "@/lib/agents/list-params";
import { findNode } from "@/lib/agents/node-queries";
import { listAgents } from "@/lib/agents/queries";
import { requireViewer } from "@/lib/auth/session";

export const metadata = { title: "Agents" };

export default async function AgentsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const viewer = await requireViewer("chart.read");
  const { q, status, tier, node, sort, page, size } = await agentsParams.load(searchParams);
  const params = agentListSchema.parse({
    q,
    status,
    tier,
    node: node.slice(0, 64),
    sort: sort.id,
    descending: sort.desc,
    page: Math.min(page, 100_000),
    pageSize: size,
  });
  const [{ rows, total }, choices, below] = await Promise.all([
    listAgents(viewer, params),
    chartChoices(viewer),
    node === "" ? null : findNode(viewer, node),
  ]);
  return (
    <Page layout="fill">
      <PageHeader
        title="Agents"
        description="Who acts, within what remit, and how it went over the last seven days."
        actions={choices && <NewAgent choices={choices} ownerId={viewer.person.id} />}
      />
      {node !== "" && <NodeFilter noun="Agents" name={below?.name ?? node} />}
      <AgentsTable rows={rows} total={total} />
    </Page>
  );
}
