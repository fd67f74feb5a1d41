import { DataTableSkeleton } from "@/components/data-table/skeleton";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page layout="fill">
      <PageHeader
        title="Reviews"
        description="What agents did that a person looks at afterwards, and what became of it."
      />
      <div aria-hidden className="flex h-9 items-center gap-4 border-b border-line">
        <Skeleton className="w-28" />
        <Skeleton className="w-20" />
        <Skeleton className="w-20" />
      </div>
      <DataTableSkeleton fill columns={7} facets={4} />
    </Page>
  );
}
