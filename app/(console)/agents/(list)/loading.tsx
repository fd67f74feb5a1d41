import { DataTableSkeleton } from "@/components/data-table/skeleton";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";

export default function Loading() {
  return (
    <Page layout="fill">
      <PageHeader title="Agents" description="Who acts, within what remit, and how it went over the last seven days." />
      <DataTableSkeleton fill columns={8} facets={2} />
    </Page>
  );
}
