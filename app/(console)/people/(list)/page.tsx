import type { SearchParams } from "nuqs/server";

import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { listPeople } from "@/lib/people/list-queries";
import { grantableNodes } from "@/lib/people/queries";
import { InviteDialog } from "../_components/invite-dialog";
import { PeopleTable } from "../_components/people-table";
import { PeopleTabs } from "../_components/people-tabs";
import { peopleParams } from "../search-params";

export const metadata = { title: "People" };

export default async function PeoplePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const viewer = await requireViewer("people.read");
  const query = await peopleParams.load(searchParams);
  const mayInvite = viewer.access.canAnywhere("people.write");
  const [{ rows, total }, nodes] = await Promise.all([
    listPeople(viewer, {
      q: query.q,
      states: query.state,
      roles: query.role,
      sort: query.sort,
      page: query.page,
      size: query.size,
    }),
    mayInvite ? grantableNodes(viewer) : [],
  ]);
  const invite = mayInvite ? <InviteDialog nodes={nodes} /> : undefined;
  return (
    <Page layout="fill">
      <PageHeader title="People" description="Who may see and do what, and where in the chart." actions={invite} />
      <PeopleTabs />
      <PeopleTable rows={rows} total={total} />
    </Page>
  );
}
