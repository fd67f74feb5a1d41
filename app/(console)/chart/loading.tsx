import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page layout="fill">
      <PageHeader title="Chart" description="Authority flows down and only narrows; questions flow up." />
      <LoadingRegion className="flex flex-1 flex-col gap-3">
        <Skeleton className="h-8 w-72" />
        <Skeleton className="min-h-96 flex-1 rounded-lg" />
      </LoadingRegion>
    </Page>
  );
}
