import { DataTableSkeleton } from "@/components/data-table/skeleton";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { PeopleTabs } from "../_components/people-tabs";

export default function PeopleLoading() {
  return (
    <Page layout="fill">
      <PageHeader title="People" description="Who may see and do what, and where in the chart." />
      <PeopleTabs />
      <DataTableSkeleton fill columns={4} facets={2} />
    </Page>
  );
}
