import { Page } from "@/components/ui/page";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page>
      <LoadingRegion className="flex flex-col gap-4">
        <Skeleton className="h-6 w-72 max-w-full" />
        <Skeleton className="w-48" />
        <Skeleton className="h-96 rounded-lg" />
      </LoadingRegion>
    </Page>
  );
}
