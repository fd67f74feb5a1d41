import type { Metadata } from "next";
import Link from "next/link";
import type { SearchParams } from "nuqs/server";
import { Button } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { listConflicts } from "@/lib/incidents/conflict-queries";
import { countOpen } from "@/lib/incidents/list-queries";
import { countStops } from "@/lib/organisation/stops";
import { ConflictsTable } from "../../_components/conflicts-table";
import { IncidentTabs } from "../../_components/incident-tabs";
import { conflictsParams } from "../../search-params";

export const metadata: Metadata = { title: "Policy conflicts" };

export default async function ConflictsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, { show, page, size }] = await Promise.all([
    requireViewer("incident.read"),
    conflictsParams.load(searchParams),
  ]);
  const [{ rows, total }, counts, stops] = await Promise.all([
    listConflicts(viewer, { state: show, page, pageSize: size }),
    countOpen(viewer),
    countStops(viewer),
  ]);
  return (
    <Page layout="fill">
      <PageHeader
        title="Incidents"
        description="Rules that contradict each other. A deny is never outvoted: the agent is denied until somebody decides what was meant."
        actions={
          <Button asChild variant="ghost">
            {show === "open" ? (
              <Link href={conflictsParams.href("/incidents/conflicts", { show: "resolved" })}>Show resolved</Link>
            ) : (
              <Link href="/incidents/conflicts">Show open</Link>
            )}
          </Button>
        }
      />
      <IncidentTabs counts={counts} stops={stops} />
      <ConflictsTable rows={rows} total={total} show={show} />
    </Page>
  );
}
