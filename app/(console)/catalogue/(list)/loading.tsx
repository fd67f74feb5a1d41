import { DataTableSkeleton } from "@/components/data-table/skeleton";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

export default function Loading() {
  return (
    <Page layout="fill">
      <PageHeader
        title="Catalogue"
        description="What agents can ask to do, how hard it is to undo, and what each tier may do: Observe, Recommend, Prepare, Escalate, Execute from left to right."
      />
      <DataTableSkeleton fill columns={7} facets={4} />
    </Page>
  );
}
