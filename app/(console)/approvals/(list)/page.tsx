import { Inbox } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import type { SearchParams } from "nuqs/server";
import { Button } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { countAppeals } from "@/lib/appeals/queries";
import { approvalFacets, countApprovals, listApprovals } from "@/lib/approvals/list-queries";
import { requireViewer } from "@/lib/auth/session";
import { ApprovalsTable } from "../_components/approvals-table";
import { QueueTabs } from "../_components/queue-tabs";
import { approvalsParams, itemHref, listParamsOf } from "../search-params";

export const metadata: Metadata = { title: "Approvals" };

export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, query] = await Promise.all([requireViewer("approval.read"), approvalsParams.load(searchParams)]);
  const [{ rows, total }, counts, facets, appeals] = await Promise.all([
    listApprovals(viewer, listParamsOf(query)),
    countApprovals(viewer),
    approvalFacets(viewer, query.queue),
    countAppeals(viewer),
  ]);
  const first = query.queue === "mine" ? rows[0] : undefined;
  return (
    <Page layout="fill">
      <PageHeader
        title="Approvals"
        description="What agents may not do without a person. The riskiest and most pressing stands first."
        actions={
          first && (
            <Button asChild variant="primary">
              <Link href={itemHref(query, first.id)}>
                <Inbox aria-hidden />
                Start reviewing
              </Link>
            </Button>
          )
        }
      />
      <QueueTabs queue={query.queue} counts={counts} appeals={appeals.mine} />
      <ApprovalsTable query={query} rows={rows} total={total} facets={facets} />
    </Page>
  );
}
