import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default function ChoicesLoading() {
  return (
    <LoadingRegion className="flex flex-col gap-4">
      <Skeleton className="h-120 rounded-lg" />
      <Skeleton className="h-40 rounded-lg" />
    </LoadingRegion>
  );
}
