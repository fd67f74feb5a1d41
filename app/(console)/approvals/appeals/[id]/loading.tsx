import { Page } from "@/components/ui/page";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page>
      <LoadingRegion className="flex flex-col gap-4">
        <Skeleton className="h-6 w-96 max-w-full" />
        <Skeleton className="w-64" />
        <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <Skeleton className="h-96 rounded-lg" />
          <Skeleton className="h-64 rounded-lg" />
        </div>
      </LoadingRegion>
    </Page>
  );
}
