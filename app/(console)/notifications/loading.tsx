import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default function NotificationsLoading() {
  return (
    <Page layout="narrow">
      <PageHeader title="Notifications" description="What waits for you, and what happened to what is yours." />
      <LoadingRegion className="flex flex-col gap-4">
        <Skeleton className="h-8 w-48 rounded-md" />
        <Skeleton className="h-96 rounded-lg" />
      </LoadingRegion>
    </Page>
  );
}
