import { DataTableSkeleton } from "@/components/data-table/skeleton";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

export default function Loading() {
  return (
    <Page layout="fill">
      <PageHeader
        title="Decided"
        description="Agents that were denied and asked for it to be reconsidered. Those that wait stand in the inbox, too."
      />
      <DataTableSkeleton fill columns={6} facets={1} />
    </Page>
  );
}
