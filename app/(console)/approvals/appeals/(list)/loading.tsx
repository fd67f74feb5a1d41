import { DataTableSkeleton } from "@/components/data-table/skeleton";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

export default function Loading() {
  return (
    <Page layout="fill">
      <PageHeader
        title="Approvals"
        description="Agents that were denied and ask for it to be reconsidered, by those who may change what denied them."
      />
      <DataTableSkeleton fill columns={6} facets={1} />
    </Page>
  );
}
