import { DataTableSkeleton } from "@/components/data-table/skeleton";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page layout="fill">
      <PageHeader
        title="Audit"
        description="Who did what, to what, and when. Append-only, and chained record by record."
      />
      <Skeleton className="h-14 w-full rounded-lg" />
      <DataTableSkeleton fill columns={5} facets={2} />
    </Page>
  );
}
