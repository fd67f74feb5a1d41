import type { SearchParams } from "nuqs/server";

import { CheckpointsTable } from "@/app/(console)/audit/checkpoints/_components/checkpoints-table";
import { MakeCheckpoint } from "@/app/(console)/audit/checkpoints/_components/make-checkpoint";
import { checkpointParams } from "@/app/(console)/audit/checkpoints/search-params";
import { Crumbs } from "@/components/shell/crumbs";
import { Button } from "@/components/ui/button";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { checkpointKey, listCheckpoints } from "@/lib/audit/checkpoints/queries";
import { requireViewer } from "@/lib/auth/session";

export const metadata = { title: "Checkpoints" };

export default async function CheckpointsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const viewer = await requireViewer("audit.read");
  const query = await checkpointParams.load(searchParams);
  const { rows, total } = await listCheckpoints(viewer, { page: query.page, size: query.size, desc: query.sort.desc });
  return (
    <Page layout="fill">
      <Crumbs items={[{ label: "Checkpoints" }]} />
      <PageHeader
        title="Checkpoints"
        description="Each signs where every chain stood. Keep them, and the key, outside of Remit: who holds them can show that nothing up to there was changed or cut off since."
        actions={
          <>
            <Button size="sm" asChild>
              <a href="/audit/checkpoints/key" download>
                Public key <span className="font-mono text-xs text-muted">{checkpointKey().id}</span>
              </a>
            </Button>
            <MakeCheckpoint />
          </>
        }
      />
      <CheckpointsTable rows={rows} total={total} />
    </Page>
  );
}
