import { Inbox } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import type { SearchParams } from "nuqs/server";
import { Button } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { listReviews, reviewFacets } from "@/lib/reviews/list-queries";
import { HistoryTabs } from "../../approvals/_components/history-tabs";
import { ReviewsTable } from "../_components/reviews-table";
import { listParamsOf, reviewsParams } from "../search-params";

export const metadata: Metadata = { title: "Reviews" };

export default async function ReviewsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, query] = await Promise.all([requireViewer("approval.read"), reviewsParams.load(searchParams)]);
  const [{ rows, total }, { agents, actions }] = await Promise.all([
    listReviews(viewer, listParamsOf(query)),
    reviewFacets(viewer),
  ]);
  return (
    <Page layout="fill">
      <PageHeader
        title="Reviews"
        description="What agents did that a person looks at afterwards, and what became of it."
        actions={
          <Button asChild>
            <Link href="/inbox">
              <Inbox aria-hidden />
              Inbox
            </Link>
          </Button>
        }
      />
      <HistoryTabs />
      <ReviewsTable
        rows={rows}
        total={total}
        agents={agents.map(({ slug, name }) => ({ value: slug, label: name }))}
        actions={actions.map(({ id, title }) => ({ value: id, label: title }))}
      />
    </Page>
  );
}
