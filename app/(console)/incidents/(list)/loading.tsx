import { DataTableSkeleton } from "@/components/data-table/skeleton";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

export default function Loading() {
  return (
    <Page layout="fill">
      <PageHeader
        title="Incidents"
        description="Where an agent's work went wrong: what happened, what was done about it, and why it happened."
      />
      <DataTableSkeleton fill columns={7} facets={4} />
    </Page>
  );
}
