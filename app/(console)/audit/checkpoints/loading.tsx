import { DataTableSkeleton } from "@/components/data-table/skeleton";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

export default function Loading() {
  return (
    <Page layout="fill">
      <PageHeader title="Checkpoints" description="Each signs where every chain stood." />
      <DataTableSkeleton fill columns={6} facets={0} />
    </Page>
  );
}
