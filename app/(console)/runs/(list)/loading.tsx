import { DataTableSkeleton } from "@/components/data-table/skeleton";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

export default function Loading() {
  return (
    <Page layout="fill">
      <PageHeader title="Runs" description="Every bounded execution of an agent: what it did, why, and what it cost." />
      <DataTableSkeleton fill columns={8} facets={5} />
    </Page>
  );
}
