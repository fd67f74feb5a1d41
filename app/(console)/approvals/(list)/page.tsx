import { Inbox } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Button } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { decidedFacets, listDecided } from "@/lib/approvals/list-queries";
import { requireViewer } from "@/lib/auth/session";
import { ApprovalsTable } from "../_components/approvals-table";
import { HistoryTabs } from "../_components/history-tabs";
import { approvalsParams, listParamsOf } from "../search-params";

export const metadata: Metadata = { title: "Decided" };

/** Links of before the inbox, which named a queue of what waits. */
const WAITING: Readonly<Record<string, string>> = { mine: "/inbox", waiting: "/inbox?view=all" };

export default async function DecidedPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, query, asked] = await Promise.all([
    requireViewer("approval.read"),
    approvalsParams.load(searchParams),
    searchParams,
  ]);
  const waiting = typeof asked.queue === "string" ? WAITING[asked.queue] : undefined;
  if (waiting !== undefined) redirect(waiting);
  const [{ rows, total }, facets] = await Promise.all([
    listDecided(viewer, listParamsOf(query)),
    decidedFacets(viewer),
  ]);
  return (
    <Page layout="fill">
      <PageHeader
        title="Decided"
        description="What agents asked a person for, and what became of it."
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
      <ApprovalsTable rows={rows} total={total} facets={facets} />
    </Page>
  );
}
