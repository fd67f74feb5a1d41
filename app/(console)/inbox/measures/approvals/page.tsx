import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";

import { OutcomesTable } from "@/app/(console)/inbox/measures/approvals/outcomes-table";
import { outcomeFilterOf, outcomesParams } from "@/app/(console)/inbox/measures/search-params";
import { Crumbs } from "@/components/shell/crumbs";
import { formatCount } from "@/components/ui/format/number";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { COUNTED_MOST, listOutcomes } from "@/lib/measures/list-outcomes";
import { measureActions, measureCauses, measuredAgents, measureReviewers } from "@/lib/measures/queries";

export const metadata: Metadata = { title: "Measured approvals" };

export default async function OutcomesPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, query] = await Promise.all([requireViewer("measures.read"), outcomesParams.load(searchParams)]);
  const filter = outcomeFilterOf(query, viewer.clock.now());
  const days = { from: filter.from, to: filter.to, agents: [] };
  const [{ rows, total, more }, agents, reviewers, causes, actions] = await Promise.all([
    listOutcomes(viewer, filter),
    measuredAgents(viewer, days),
    measureReviewers(viewer, days),
    measureCauses(viewer, days),
    measureActions(viewer, days),
  ]);
  return (
    <Page layout="fill">
      <Crumbs items={[{ label: "Measures", href: "/inbox/measures" }, { label: "Approvals" }]} />
      <PageHeader
        title="Measured approvals"
        description={
          more ? `The latest ${formatCount(COUNTED_MOST)} of more.` : "What came of approvals, and who took how long."
        }
      />
      <OutcomesTable
        rows={rows}
        total={total}
        agents={agents.map(({ id, name, count }) => ({ value: id, label: name, count }))}
        reviewers={reviewers.map(({ id, name, all }) => ({ value: id, label: name, count: all }))}
        causes={causes.map(({ key, all }) => ({ value: key, label: key.replace(/^code:/, ""), count: all }))}
        actions={actions.map(({ action, title, all }) => ({ value: action, label: title, count: all }))}
      />
    </Page>
  );
}
