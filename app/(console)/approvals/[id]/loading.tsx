import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <LoadingRegion className="xl:grid xl:h-full xl:grid-cols-[21rem_minmax(0,1fr)]">
      <div className="flex flex-col gap-4 border-r border-line p-4 max-xl:hidden">
        {[1, 2, 3, 4, 5, 6].map((row) => (
          <div key={row} className="flex flex-col gap-2">
            <Skeleton className="w-48" />
            <Skeleton className="h-3 w-32" />
          </div>
        ))}
      </div>
      <div className="mx-auto flex w-full max-w-5xl flex-col gap-4 px-4 py-5 sm:px-6">
        <Skeleton className="w-32" />
        <Skeleton className="h-6 w-80 max-w-full" />
        <Skeleton className="w-64" />
        <div className="grid gap-4 xl:grid-cols-[3fr_2fr]">
          <Skeleton className="h-72 rounded-lg" />
          <Skeleton className="h-72 rounded-lg" />
          <Skeleton className="h-48 rounded-lg" />
          <Skeleton className="h-48 rounded-lg" />
        </div>
      </div>
    </LoadingRegion>
  );
}
