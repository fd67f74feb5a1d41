import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";
import { PeopleTabs } from "../../_components/people-tabs";

export default function RotationsLoading() {
  return (
    <Page>
      <PageHeader
        title="On call"
        description="People who take turns. Rules ask whoever is on call; being on call gives nobody authority."
      />
      <PeopleTabs />
      <LoadingRegion>
        <Skeleton className="h-64 rounded-lg" />
      </LoadingRegion>
    </Page>
  );
}
