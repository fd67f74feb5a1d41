import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <LoadingRegion className="flex h-full flex-col">
      <div className="flex items-center gap-5 px-4 pt-3 pb-2 sm:px-6">
        <h1 className="text-lg font-semibold tracking-tight">Inbox</h1>
        <Skeleton className="w-72 max-sm:hidden" />
      </div>
      <div className="min-h-0 flex-1 border-t border-line lg:grid lg:grid-cols-[minmax(20rem,26rem)_minmax(0,1fr)] xl:grid-cols-[minmax(22rem,29rem)_minmax(0,1fr)]">
        <div className="flex flex-col gap-6 border-r border-line p-4">
          {[1, 2, 3, 4, 5, 6, 7, 8].map((row) => (
            <div key={row} className="flex flex-col gap-2">
              <Skeleton className="w-52" />
              <Skeleton className="h-3 w-36" />
            </div>
          ))}
        </div>
        <div className="flex flex-col gap-4 p-6 max-lg:hidden">
          <Skeleton className="w-32" />
          <Skeleton className="h-6 w-80 max-w-full" />
          <Skeleton className="h-72 rounded-lg" />
        </div>
      </div>
    </LoadingRegion>
  );
}
