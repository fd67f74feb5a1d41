import { DataTableSkeleton } from "@/components/data-table/skeleton";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

export default function Loading() {
  return (
    <Page layout="fill">
      <PageHeader
        title="Policies"
        description="Rules over what agents may do. The strictest rule that holds wins; every change is a new version."
      />
      <DataTableSkeleton fill columns={6} facets={1} />
    </Page>
  );
}
