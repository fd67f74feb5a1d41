import { Plus } from "lucide-react";
import Link from "next/link";
import type { SearchParams } from "nuqs/server";

import { CatalogueTable } from "@/app/(console)/catalogue/_components/catalogue-table";
import { CatalogueTabs } from "@/app/(console)/catalogue/_components/catalogue-tabs";
import { catalogueParams } from "@/app/(console)/catalogue/search-params";
import { Button } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { actionListSchema } from "@/lib/catalogue/list-params";
import { listActions, listSystems } from "@/lib/catalogue/queries";
import { countUnclassified } from "@/lib/catalogue/unclassified-queries";

export const metadata = { title: "Catalogue" };

export default async function CataloguePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const viewer = await requireViewer("catalogue.read");
  const { q, system, kind, reversibility, impact, sort, page, size } = await catalogueParams.load(searchParams);
  const params = actionListSchema.parse({
    q,
    system: system.map((id) => id.slice(0, 64)),
    kind,
    reversibility,
    impact,
    sort: sort.id,
    descending: sort.desc,
    page: Math.min(page, 100_000),
    pageSize: size,
  });
  const [{ rows, total }, systems, unclassified] = await Promise.all([
    listActions(viewer, params),
    listSystems(viewer),
    countUnclassified(viewer),
  ]);
  const mayWrite = viewer.access.canEverywhere("catalogue.write");
  return (
    <Page layout="fill">
      <PageHeader
        title="Catalogue"
        description="What agents can ask to do, how hard it is to undo, and what each tier may do: Observe, Recommend, Prepare, Escalate, Execute from left to right."
        actions={
          mayWrite && (
            <Button asChild variant="primary">
              <Link href="/catalogue/new">
                <Plus aria-hidden />
                New action
              </Link>
            </Button>
          )
        }
      />
      <CatalogueTabs unclassified={unclassified} />
      <CatalogueTable
        rows={rows}
        total={total}
        mayWrite={mayWrite}
        systems={systems.map(({ id, name, actions }) => ({ value: id, label: name, count: actions }))}
      />
    </Page>
  );
}
