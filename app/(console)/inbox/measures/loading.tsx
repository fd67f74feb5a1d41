import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page>
      <PageHeader
        title="Measures"
        description="How fast approvals are decided, what came of them, and which rules ask too much or too little."
      />
      <LoadingRegion className="flex flex-col gap-4">
        <Skeleton className="h-20 rounded-lg" />
        <div className="grid gap-4 lg:grid-cols-2">
          <Skeleton className="h-72 rounded-lg" />
          <Skeleton className="h-72 rounded-lg" />
        </div>
        <Skeleton className="h-72 rounded-lg" />
      </LoadingRegion>
    </Page>
  );
}
