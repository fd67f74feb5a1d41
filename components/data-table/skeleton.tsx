import { cn } from "@/components/ui/cn";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

const WIDTHS = ["w-40", "w-20", "w-28", "w-16", "w-24"];

interface DataTableSkeletonProps {
  columns?: number;
  rows?: number;
  /** How many filter buttons the toolbar has. */
  facets?: number;
  fill?: boolean;
}

/** The table while its first page is on the way: for a route's loading.tsx. */
export function DataTableSkeleton({ columns = 5, rows = 12, facets = 2, fill = false }: DataTableSkeletonProps) {
  return (
    <LoadingRegion className={cn("flex flex-col gap-3", fill && "lg:min-h-0 lg:flex-1")}>
      <div className="flex flex-wrap gap-2">
        <Skeleton className="h-8 w-full rounded-md sm:w-64" />
        {numbers(facets).map((facet) => (
          <Skeleton key={facet} className="h-8 w-20 rounded-md" />
        ))}
      </div>
      <div className={cn("overflow-hidden rounded-lg border border-line bg-surface", fill && "lg:flex-1")}>
        <div className="h-9 border-b border-line" />
        {numbers(rows).map((row) => (
          <div key={row} className="flex h-10 items-center gap-6 border-b border-line px-4 last:border-b-0">
            {numbers(columns).map((column) => (
              <div
                key={column}
                className={cn("min-w-0 flex-1", column > 1 && "max-sm:hidden", column > 3 && "max-lg:hidden")}
              >
                <Skeleton className={cn("h-3 max-w-full", WIDTHS[(row * 3 + column) % WIDTHS.length])} />
              </div>
            ))}
          </div>
        ))}
      </div>
    </LoadingRegion>
  );
}

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);
