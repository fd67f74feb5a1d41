import { TriangleAlert } from "lucide-react";

import { AutonomyTabs } from "@/app/(console)/autonomy/_components/autonomy-tabs";
import { UnusedList } from "@/app/(console)/autonomy/grants/_components/unused-list";
import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { Banner } from "@/components/ui/banner";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { listUnusedGrants } from "@/lib/agents/unused-grants";
import { requireViewer } from "@/lib/auth/session";

export const metadata = { title: "Unused grants" };

export default async function UnusedGrantsPage() {
  const viewer = await requireViewer("chart.read");
  const { grants, truncated, firstAt, behindSince } = await listUnusedGrants(viewer);
  return (
    <Page>
      <Crumbs items={[{ label: "Unused grants" }]} />
      <Live topics={["agents"]} />
      <PageHeader
        title="Unused grants"
        description="Authority that no work has needed for 30 days. Taking it back changes nothing today, and limits what a mistake could do tomorrow."
      />
      <AutonomyTabs />
      {behindSince !== null && (
        <Banner tone="escalate" icon={<TriangleAlert aria-hidden />} title="The worker is behind.">
          Decisions since <Time value={behindSince} format="minute" /> are not counted yet: a grant that they used may
          stand here.
        </Banner>
      )}
      <UnusedList grants={grants} ofOneAgent={false} firstAt={firstAt} />
      {truncated && <p className="text-sm text-muted">Only the first 1,000 are listed.</p>}
    </Page>
  );
}
