import { Card, CardBody } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page>
      <LoadingRegion className="flex flex-col gap-4">
        <Skeleton className="h-8 w-72" />
        <div className="grid gap-4 lg:grid-cols-[17rem_minmax(0,1fr)]">
          <Card>
            <CardBody className="flex flex-col gap-2">
              {["a", "b", "c", "d"].map((key) => (
                <Skeleton key={key} className="h-9" />
              ))}
            </CardBody>
          </Card>
          <Card>
            <CardBody className="flex flex-col gap-4">
              <Skeleton className="h-8 w-1/2" />
              <Skeleton className="h-24" />
              <Skeleton className="h-40" />
            </CardBody>
          </Card>
        </div>
      </LoadingRegion>
    </Page>
  );
}
