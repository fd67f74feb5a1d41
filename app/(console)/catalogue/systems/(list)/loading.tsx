import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page>
      <PageHeader
        title="Systems"
        description="What agents act on. A system's id is the first part of its actions' ids."
      />
      <LoadingRegion>
        <Skeleton className="h-80 rounded-lg" />
      </LoadingRegion>
    </Page>
  );
}
