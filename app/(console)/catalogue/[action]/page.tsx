import { Users } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";
import { cache } from "react";

import { Words } from "@/app/(console)/_components/words";
import { ActionButtons } from "@/app/(console)/catalogue/_components/action-buttons";
import { ArgumentsTable } from "@/app/(console)/catalogue/_components/arguments-table";
import { HoldersTable } from "@/app/(console)/catalogue/_components/holders-table";
import { KindBadge } from "@/app/(console)/catalogue/_components/kind-badge";
import { RollbackCard } from "@/app/(console)/catalogue/_components/rollback-card";
import { RulesCard } from "@/app/(console)/catalogue/_components/rules-card";
import { TierOutcomes } from "@/app/(console)/catalogue/_components/tier-outcomes";
import { UsageCard } from "@/app/(console)/catalogue/_components/usage-card";
import { RiskBadge } from "@/components/domain/risk-badge";
import { Crumbs } from "@/components/shell/crumbs";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Code } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import { formatPlural } from "@/components/ui/format/number";
import { JsonView } from "@/components/ui/json-view";
import { KeyValueList } from "@/components/ui/key-value";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Live } from "@/components/live/live";
import { requireViewer } from "@/lib/auth/session";
import { getAction } from "@/lib/catalogue/queries";
import { actionUsage, rulesNaming } from "@/lib/catalogue/usage-queries";
import { rollbackOfAction } from "@/lib/rollbacks/action-rollback";

const DAY_MS = 86_400_000;

interface ActionPageProps {
  params: Promise<{ action: string }>;
}

const load = cache(async (id: string) => {
  const viewer = await requireViewer("catalogue.read");
  const found = (await getAction(viewer, id)) ?? notFound();
  return { viewer, ...found };
});

export async function generateMetadata({ params }: ActionPageProps) {
  const { action } = await load((await params).action);
  return { title: action.title ?? action.id };
}

export default async function ActionPage({ params }: ActionPageProps) {
  const { viewer, action, holders } = await load((await params).action);
  const [usage, rules, rollback] = await Promise.all([
    actionUsage(viewer, action.id),
    rulesNaming(viewer, action.id),
    rollbackOfAction(viewer, action),
  ]);
  const today = Math.floor(viewer.clock.now().getTime() / DAY_MS) * DAY_MS;
  return (
    <Page>
      <Live topics={["catalogue", "configuration"]} />
      <Crumbs items={[{ label: action.id }]} />
      <PageHeader
        title={action.title ?? action.id}
        badges={
          <>
            <KindBadge kind={action.kind} />
            <RiskBadge reversibility={action.reversibility} impact={action.impact} />
            {action.retired && <Badge>Retired</Badge>}
          </>
        }
        actions={
          viewer.access.canEverywhere("catalogue.write") && <ActionButtons id={action.id} retired={action.retired} />
        }
        description={action.description ?? <span className="font-mono text-xs">{action.id}</span>}
      />
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <Card className="lg:col-span-2">
          <CardHeader title="Definition" />
          <CardBody>
            <KeyValueList
              items={[
                { label: "Id", value: <Code>{action.id}</Code> },
                { label: "System", value: action.system.name },
                { label: "Data classes", value: <Words words={action.dataClasses} /> },
                { label: "Evidence required", value: <Words words={action.evidence} /> },
                {
                  label: "Undone by",
                  value: action.rollback && (
                    <Link
                      href={`/catalogue/${action.rollback}`}
                      className="font-mono text-xs underline-offset-4 hover:underline"
                    >
                      {action.rollback}
                    </Link>
                  ),
                },
                {
                  label: "Teaches",
                  value: action.fact && (
                    <JsonView value={action.fact} label="The fact that its result yields" depth={2} />
                  ),
                },
                {
                  label: "Arguments",
                  value: action.args ? <ArgumentsTable schema={action.args} /> : "Any: no schema says what they are.",
                },
              ]}
            />
          </CardBody>
        </Card>
        <div className="flex flex-col gap-4">
          <Card>
            <CardHeader title="By tier" description="Where the action is granted and no rule says otherwise." />
            <CardBody>
              <TierOutcomes tiers={action.tiers} />
            </CardBody>
          </Card>
          <RulesCard rules={rules} />
          {rollback !== null && <RollbackCard rollback={rollback} />}
        </div>
      </div>
      <UsageCard usage={usage} toMs={today + DAY_MS} />
      <Card>
        <CardHeader
          title="Agents that hold it"
          description={`${formatPlural(action.holders, "agent")} by grants of their own; agents above may narrow it further.`}
        />
        {holders.length === 0 ? (
          <EmptyState
            icon={Users}
            title="No agent holds it"
            description="No agent in your part of the chart has a live grant that names this action."
          />
        ) : (
          <HoldersTable holders={holders} />
        )}
      </Card>
    </Page>
  );
}
