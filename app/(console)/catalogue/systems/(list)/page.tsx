import { Boxes } from "lucide-react";

import { CatalogueTabs } from "@/app/(console)/catalogue/_components/catalogue-tabs";
import { SystemDialog } from "@/app/(console)/catalogue/systems/_components/system-dialog";
import { SystemsTable } from "@/app/(console)/catalogue/systems/_components/systems-table";
import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { listSystems } from "@/lib/catalogue/queries";
import { countUnclassified } from "@/lib/catalogue/unclassified-queries";

export const metadata = { title: "Systems" };

export default async function SystemsPage() {
  const viewer = await requireViewer("catalogue.read");
  const [systems, unclassified] = await Promise.all([listSystems(viewer), countUnclassified(viewer)]);
  const mayWrite = viewer.access.canEverywhere("catalogue.write");
  return (
    <Page>
      <Crumbs items={[{ label: "Systems" }]} />
      <Live topics={["catalogue"]} />
      <PageHeader
        title="Systems"
        description="What agents act on. A system's id is the first part of its actions' ids."
        actions={mayWrite && <SystemDialog />}
      />
      <CatalogueTabs unclassified={unclassified} />
      <Card>
        {systems.length === 0 ? (
          <EmptyState
            icon={Boxes}
            title="No system yet"
            description="Make the first one here, or describe systems and actions in a manifest."
          />
        ) : (
          <SystemsTable systems={systems} mayWrite={mayWrite} />
        )}
      </Card>
    </Page>
  );
}
