import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default function WebhooksLoading() {
  return (
    <LoadingRegion className="flex flex-col gap-4">
      <Skeleton className="h-64 rounded-lg" />
      <Skeleton className="h-24 rounded-lg" />
    </LoadingRegion>
  );
}
