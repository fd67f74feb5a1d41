import { Card, CardBody } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { LoadingRegion, Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <Page>
      <LoadingRegion>
        <Skeleton className="h-7 w-64" />
        <Skeleton className="mt-2 h-4 w-96 max-w-full" />
        <Card className="mt-4">
          <CardBody>
            <Skeleton className="h-40" />
          </CardBody>
        </Card>
        {["a", "b", "c"].map((key) => (
          <Card key={key} className="mt-3">
            <CardBody>
              <Skeleton className="h-5 w-48" />
              <Skeleton className="mt-3 h-4 w-full" />
              <Skeleton className="mt-2 h-16 w-full" />
            </CardBody>
          </Card>
        ))}
      </LoadingRegion>
    </Page>
  );
}
