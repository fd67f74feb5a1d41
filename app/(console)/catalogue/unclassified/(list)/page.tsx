import type { SearchParams } from "nuqs/server";

import { CatalogueTabs } from "@/app/(console)/catalogue/_components/catalogue-tabs";
import { StateLinks } from "@/app/(console)/catalogue/unclassified/_components/state-links";
import { UnclassifiedTable } from "@/app/(console)/catalogue/unclassified/_components/unclassified-table";
import { unclassifiedParams } from "@/app/(console)/catalogue/unclassified/search-params";
import { Crumbs } from "@/components/shell/crumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { listSystems } from "@/lib/catalogue/queries";
import { unclassifiedListSchema } from "@/lib/catalogue/unclassified-params";
import { countUnclassified, listUnclassified } from "@/lib/catalogue/unclassified-queries";

export const metadata = { title: "Unclassified actions" };

export default async function UnclassifiedPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const viewer = await requireViewer("catalogue.read");
  const { q, state, sort, page, size } = await unclassifiedParams.load(searchParams);
  const params = unclassifiedListSchema.parse({
    q,
    state,
    sort: sort.id,
    descending: sort.desc,
    page: Math.min(page, 100_000),
    pageSize: size,
  });
  const [{ rows, total }, unclassified, systems] = await Promise.all([
    listUnclassified(viewer, params),
    countUnclassified(viewer),
    listSystems(viewer),
  ]);
  return (
    <Page layout="fill">
      <Crumbs items={[{ label: "Unclassified" }]} />
      <PageHeader
        title="Unclassified"
        description="What agents asked for and nobody has classified. Until then a person is asked each time."
        actions={<StateLinks state={state} />}
      />
      <CatalogueTabs unclassified={unclassified} />
      <UnclassifiedTable
        rows={rows}
        total={total}
        systems={systems.map((system) => system.id)}
        mayWrite={viewer.access.canEverywhere("catalogue.write")}
      />
    </Page>
  );
}
