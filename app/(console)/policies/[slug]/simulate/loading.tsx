import { Card, CardBody } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page>
      <PageHeader title="Simulate" />
      <LoadingRegion>
        <div className="grid items-start gap-4 lg:grid-cols-[18rem_minmax(0,1fr)]">
          <Card>
            <CardBody className="flex flex-col gap-3">
              <Skeleton className="h-8" />
              <Skeleton className="h-8" />
              <Skeleton className="h-8" />
              <Skeleton className="h-8 w-32" />
            </CardBody>
          </Card>
          <Card>
            <CardBody className="flex flex-col gap-3">
              <Skeleton className="h-16" />
              <Skeleton className="h-56" />
            </CardBody>
          </Card>
        </div>
      </LoadingRegion>
    </Page>
  );
}
