import { DataTableSkeleton } from "@/components/data-table/skeleton";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page layout="fill">
      <PageHeader
        title="Approvals"
        description="What agents may not do without a person. The riskiest and most pressing stands first."
      />
      <div aria-hidden className="flex h-9 items-center gap-4 border-b border-line">
        <Skeleton className="w-28" />
        <Skeleton className="w-20" />
        <Skeleton className="w-16" />
      </div>
      <DataTableSkeleton fill columns={6} facets={3} />
    </Page>
  );
}
