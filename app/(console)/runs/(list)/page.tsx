import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { ExportMenu } from "@/app/(console)/_export/export-menu";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { listRuns, runFacets } from "@/lib/runs/queries";
import { RunsTable } from "../_components/runs-table";
import { listParamsOf, runsParams } from "../search-params";

export const metadata: Metadata = { title: "Runs" };

export default async function RunsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const [viewer, query] = await Promise.all([requireViewer("run.read"), runsParams.load(searchParams)]);
  const [{ rows, total }, { agents, triggers }] = await Promise.all([
    listRuns(viewer, listParamsOf(query)),
    runFacets(viewer),
  ]);
  return (
    <Page layout="fill">
      <PageHeader
        title="Runs"
        description="Every bounded execution of an agent: what it did, why, and what it cost."
        actions={<ExportMenu action="/runs/export" lines="one run a line" />}
      />
      <RunsTable rows={rows} total={total} agents={agents} triggers={triggers} />
    </Page>
  );
}
