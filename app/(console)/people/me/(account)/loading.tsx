import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default function AccountLoading() {
  return (
    <LoadingRegion className="flex flex-col gap-4">
      <Skeleton className="h-52 rounded-lg" />
      <Skeleton className="h-56 rounded-lg" />
    </LoadingRegion>
  );
}
