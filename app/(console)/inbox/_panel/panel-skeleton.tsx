import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

/** In the shape of what comes. */
export function PanelSkeleton() {
  return (
    <LoadingRegion className="mx-auto flex w-full max-w-5xl flex-col gap-4 px-4 py-5 sm:px-6">
      <Skeleton className="w-32" />
      <Skeleton className="h-6 w-80 max-w-full" />
      <Skeleton className="w-64" />
      <div className="@container">
        <div className="grid gap-4 @3xl:grid-cols-[3fr_2fr]">
          <Skeleton className="h-72 rounded-lg" />
          <Skeleton className="h-72 rounded-lg" />
          <Skeleton className="h-48 rounded-lg" />
          <Skeleton className="h-48 rounded-lg" />
        </div>
      </div>
    </LoadingRegion>
  );
}
