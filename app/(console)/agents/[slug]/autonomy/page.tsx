import { notFound } from "next/navigation";

import { loadAgent, type AgentPageProps } from "@/app/(console)/agents/[slug]/_components/load-agent";
import { AutonomyButtons } from "@/app/(console)/autonomy/_components/autonomy-buttons";
import { Deciders } from "@/app/(console)/autonomy/_components/deciders";
import { CriteriaList } from "@/app/(console)/autonomy/_components/criteria-list";
import { PromotionCard } from "@/app/(console)/autonomy/_components/promotion-card";
import { TierHistory } from "@/app/(console)/autonomy/_components/tier-history";
import { CountChart } from "@/components/charts/count-chart";
import { EFFECTS } from "@/components/domain/effect-badge";
import { TIER_HINTS } from "@/components/domain/tiers";
import { TierBadge } from "@/components/domain/tier-badge";
import { Live } from "@/components/live/live";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { formatCount, formatPercent, formatPlural } from "@/components/ui/format/number";
import { Stat, StatGrid } from "@/components/ui/stat";
import { Time } from "@/components/ui/time";
import { decidersOf } from "@/lib/promotions/deciders";
import { agentAutonomy, CHART_DAYS, promotionsOf, tierHistory } from "@/lib/promotions/queries";
import { approvedOf, daysOf, deniedOf, endedOf, lowerTiers, nextTier, successOf } from "@/lib/tiers/record";

const DAY_MS = 86_400_000;
const percent = (share: number | null): string => (share === null ? "–" : formatPercent(share));

export default async function AgentAutonomyPage({ params }: AgentPageProps) {
  const { viewer, agent } = await loadAgent((await params).slug);
  const [view, promotions, history, deciders] = await Promise.all([
    agentAutonomy(viewer, agent.id),
    promotionsOf(viewer, agent.id),
    tierHistory(viewer, agent.id),
    decidersOf(viewer, agent.id),
  ]);
  if (view === null) notFound();
  const { record, criteria, days } = view;
  const { approvals, decisions, runs } = record;
  const waiting = promotions.find((promotion) => promotion.state === "pending");
  const next = nextTier(agent.tier);
  const mayRequest = viewer.access.can("promotion.request", agent.id) || agent.owner.id === viewer.person.id;
  const living = agent.status !== "retired";
  const toMs = (Math.floor(viewer.clock.now().getTime() / DAY_MS) + 1) * DAY_MS;
  return (
    <>
      <Live topics={["promotions"]} />
      <StatGrid>
        <Stat
          label="At this tier"
          value={formatPlural(daysOf(record), "day")}
          hint={<Time value={record.since} format="date" />}
        />
        <Stat
          label="Runs that ended"
          value={formatCount(endedOf(record))}
          hint={`${formatPlural(record.versions, "version")}, now v${record.version}`}
        />
        <Stat
          label="Succeeded"
          value={percent(successOf(record))}
          hint={`${formatCount(runs.failed)} failed, ${formatCount(runs.lost)} lost`}
        />
        <Stat
          label="Denied"
          value={percent(deniedOf(record))}
          hint={`${formatCount(decisions.denied)} of ${formatCount(decisions.made)} decisions`}
        />
        <Stat
          label="Approved by people"
          value={percent(approvedOf(record))}
          hint={`${formatCount(approvals.approved)} of ${formatCount(approvals.approved + approvals.rejected)} decided`}
        />
        <Stat label="Incidents" value={formatCount(record.incidents)} hint="at this tier" />
      </StatGrid>
      {waiting && <PromotionCard promotion={waiting} linked={false} />}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card>
          <CardHeader
            title={next === null ? "The highest tier" : "Ready for the next tier?"}
            description={
              next === null
                ? "There is none above. It can be lowered in one step."
                : "Its record at this tier, live runs only, against what is asked."
            }
            actions={next !== null && <TierBadge tier={next} />}
          />
          <CardBody className="py-2">
            {next === null ? (
              <p className="py-1 text-sm text-muted">
                It {TIER_HINTS[agent.tier]}: grants, policies, envelopes and the reversibility matrix still bind it.
              </p>
            ) : (
              <CriteriaList criteria={criteria} />
            )}
            {living && next !== null && (
              <Deciders people={deciders} mayInvite={viewer.access.canEverywhere("people.write")} />
            )}
          </CardBody>
          {living && (
            <CardFooter>
              <AutonomyButtons
                agentId={agent.id}
                name={agent.name}
                next={mayRequest && !waiting && agent.status === "active" ? next : null}
                ready={criteria.every((criterion) => criterion.met) && endedOf(record) > 0}
                lower={viewer.access.can("agent.write", agent.id) ? lowerTiers(agent.tier) : []}
              />
            </CardFooter>
          )}
        </Card>
        <Card>
          <CardHeader title="Decisions" description={`By day (UTC), the last ${CHART_DAYS} days.`} />
          <CardBody>
            <CountChart
              label="Decisions by day"
              points={days.flatMap(({ day, allowed, escalated, denied }) => [
                { at: day.toISOString(), series: "allow", count: allowed },
                { at: day.toISOString(), series: "escalate", count: escalated },
                { at: day.toISOString(), series: "deny", count: denied },
              ])}
              series={[
                { id: "allow", label: "Allowed", colour: EFFECTS.allow.colour },
                { id: "escalate", label: "Escalated", colour: EFFECTS.escalate.colour },
                { id: "deny", label: "Denied", colour: EFFECTS.deny.colour },
              ]}
              fromMs={toMs - CHART_DAYS * DAY_MS}
              toMs={toMs}
              bucketMs={DAY_MS}
              shape="bar"
              height={180}
            />
          </CardBody>
        </Card>
      </div>
      <Card>
        <CardHeader title="How it came by its tier" description="Every change is a version of the agent." />
        <TierHistory changes={history} />
      </Card>
    </>
  );
}
