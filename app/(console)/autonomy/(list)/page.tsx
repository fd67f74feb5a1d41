import { Sprout } from "lucide-react";
import Link from "next/link";

import { AutonomyTabs } from "@/app/(console)/autonomy/_components/autonomy-tabs";
import { DecidedTable } from "@/app/(console)/autonomy/_components/decided-table";
import { PromotionCard } from "@/app/(console)/autonomy/_components/promotion-card";
import { Live } from "@/components/live/live";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatPlural } from "@/components/ui/format/number";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { listPromotions } from "@/lib/promotions/queries";
import { readAuthoritySettings } from "@/lib/tiers/settings-queries";

export const metadata = { title: "Autonomy" };

export default async function AutonomyPage() {
  const viewer = await requireViewer("chart.read");
  const [pending, decided, authority] = await Promise.all([
    listPromotions(viewer, "pending"),
    listPromotions(viewer, "decided"),
    readAuthoritySettings(viewer),
  ]);
  const asked = authority?.settings.autonomy;
  return (
    <Page>
      <Live topics={["promotions", "agents"]} />
      <PageHeader
        title="Autonomy"
        description="Agents begin low and earn the next tier on the record of their runs. A person above decides, and can take it back."
      />
      <AutonomyTabs />
      {pending.length === 0 ? (
        <Card>
          <EmptyState
            icon={Sprout}
            title="No promotion waits"
            description={
              <>
                Ask for one on an agent&rsquo;s page under Autonomy. Remit suggests it, once a day, for agents whose
                record meets every criterion
                {asked && (
                  <>
                    : at the earliest after {formatPlural(asked.minDays, "day")} and{" "}
                    {formatPlural(asked.minRuns, "run")} at their tier
                  </>
                )}
                .
              </>
            }
            action={
              <Button asChild>
                <Link href="/agents">Choose an agent</Link>
              </Button>
            }
          />
        </Card>
      ) : (
        <section aria-label="Waiting" className="flex flex-col gap-4">
          {pending.map((promotion) => (
            <PromotionCard key={promotion.id} promotion={promotion} linked />
          ))}
        </section>
      )}
      {decided.length > 0 && (
        <Card>
          <CardHeader title="Decided" description="The latest." />
          <DecidedTable promotions={decided} />
        </Card>
      )}
    </Page>
  );
}
