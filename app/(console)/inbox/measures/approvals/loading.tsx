import { DataTableSkeleton } from "@/components/data-table/skeleton";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

export default function Loading() {
  return (
    <Page layout="fill">
      <PageHeader title="Measured approvals" description="What came of approvals, and who took how long." />
      <DataTableSkeleton fill columns={7} facets={6} />
    </Page>
  );
}
