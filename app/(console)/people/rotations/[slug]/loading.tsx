import { Page } from "@/components/ui/page";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default function RotationLoading() {
  return (
    <Page>
      <LoadingRegion className="flex flex-col gap-4">
        <Skeleton className="h-6 w-48" />
        <div className="grid gap-4 lg:grid-cols-3">
          <Skeleton className="h-80 rounded-lg lg:col-span-2" />
          <Skeleton className="h-56 rounded-lg" />
        </div>
      </LoadingRegion>
    </Page>
  );
}
