import { DataTableSkeleton } from "@/components/data-table/skeleton";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

export default function Loading() {
  return (
    <Page layout="fill">
      <PageHeader
        title="Unclassified"
        description="What agents asked for and nobody has classified. Until then a person is asked each time."
      />
      <DataTableSkeleton fill columns={6} />
    </Page>
  );
}
