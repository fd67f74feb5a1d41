import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default function AccountLoading() {
  return (
    <Page layout="narrow">
      <PageHeader title="Your account" />
      <LoadingRegion className="flex flex-col gap-4">
        <Skeleton className="h-52 rounded-lg" />
        <Skeleton className="h-56 rounded-lg" />
      </LoadingRegion>
    </Page>
  );
}
