import Link from "next/link";

import { Words } from "@/app/(console)/_components/words";
import { UnpricedMark } from "@/app/(console)/_components/unpriced-mark";
import { EnvelopeCard } from "@/app/(console)/agents/[slug]/_components/envelope-card";
import { FirstSteps } from "@/app/(console)/agents/[slug]/_components/first-steps";
import { LimitsValue } from "@/app/(console)/agents/[slug]/_components/limits-value";
import { loadAgent, type AgentPageProps } from "@/app/(console)/agents/[slug]/_components/load-agent";
import { ActorChip } from "@/components/domain/actor-chip";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatCount, formatPercent, formatPlural } from "@/components/ui/format/number";
import { Hash } from "@/components/ui/hash";
import { KeyValueList } from "@/components/ui/key-value";
import { Money } from "@/components/ui/money";
import { Stat, StatGrid } from "@/components/ui/stat";
import { Time } from "@/components/ui/time";
import { getEnvelope } from "@/lib/budgets/queries";

export default async function AgentOverviewPage({ params }: AgentPageProps) {
  const { viewer, agent } = await loadAgent((await params).slug);
  const envelope = await getEnvelope(viewer, agent.id);
  const { slug, week, boundary, owner, above } = agent;
  return (
    <>
      {agent.lastSeenAt === null && agent.status === "active" && agent.may.write && (
        <FirstSteps slug={slug} live={agent.live} />
      )}
      {agent.may.readRuns && (
        <StatGrid>
          <Stat
            label="Runs, 7 days"
            value={formatCount(week.runs)}
            hint={`${formatCount(week.running)} running now`}
            href={`/agents/${slug}/runs`}
          />
          <Stat
            label="Decisions"
            value={formatCount(week.decisions)}
            hint={`${formatCount(week.escalations)} escalated`}
          />
          <Stat
            label="Denied"
            value={week.decisions === 0 ? "–" : formatPercent(week.denials / week.decisions)}
            hint={`${formatCount(week.denials)} of ${formatCount(week.decisions)}`}
          />
          <Stat
            label="Cost, 7 days"
            value={
              <span className="inline-flex items-center gap-1.5">
                <Money microUsd={week.costMicroUsd} />
                <UnpricedMark calls={week.unpricedCalls} />
              </span>
            }
            hint={
              week.unpricedCalls > 0
                ? `${formatPlural(week.unpricedCalls, "call")} without a price`
                : "every call priced"
            }
          />
          <Stat
            label="Waiting for a person"
            value={formatCount(agent.waitingApprovals)}
            hint={agent.waitingApprovals === 1 ? "approval" : "approvals"}
            href={`/inbox?view=all&agent=${slug}`}
          />
        </StatGrid>
      )}
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="flex flex-col gap-4 lg:col-span-2">
          <Card>
            <CardHeader
              title="Boundary"
              description={`Version ${agent.version}. Every change makes a new one; a run names the version it ran under.`}
            />
            <CardBody>
              <KeyValueList
                items={[
                  { label: "Purpose", value: boundary.purpose },
                  { label: "Systems read", value: <Words words={boundary.systemsRead} /> },
                  { label: "Systems written", value: <Words words={boundary.systemsWritten} /> },
                  { label: "Never data", value: <Words words={boundary.neverData} tone="deny" /> },
                  {
                    label: "Delegates to",
                    value: (
                      <>
                        {boundary.delegates.length > 0 && <Words words={boundary.delegates} />}
                        <span className="text-xs text-muted">
                          {boundary.delegates.length > 0 ? "and agents of its team" : "Agents of its team"}
                        </span>
                      </>
                    ),
                  },
                  {
                    label: "Model",
                    value: boundary.model && <span className="font-mono text-xs">{boundary.model}</span>,
                  },
                  { label: "Framework", value: boundary.framework },
                  { label: "May ask", value: <LimitsValue limits={agent.limits} /> },
                  {
                    label: "Instructions",
                    value: boundary.instructionsHash && (
                      <Hash value={boundary.instructionsHash} label="instructions hash" show={{ start: 16 }} />
                    ),
                  },
                ]}
              />
            </CardBody>
          </Card>
          {envelope && <EnvelopeCard agent={{ id: agent.id, name: agent.name }} view={envelope} />}
        </div>
        <Card>
          <CardHeader title="Accountability" />
          <CardBody>
            <KeyValueList
              items={[
                {
                  label: "Owner",
                  value: (
                    <Link href={`/people/${owner.id}`} className="rounded-sm underline-offset-4 hover:underline">
                      <ActorChip actor={{ kind: "person", name: owner.name, email: owner.email }} />
                    </Link>
                  ),
                },
                { label: "Slug", value: <span className="font-mono text-xs">{slug}</span> },
                { label: "Made", value: <Time value={agent.createdAt} format="minute" /> },
                { label: "Last seen", value: agent.lastSeenAt && <Time value={agent.lastSeenAt} /> },
                {
                  label: "Stands below",
                  value: above.length > 0 && (
                    <ol className="flex flex-col gap-1">
                      {above.map((node) => (
                        <li key={node.id}>
                          <Link
                            href={node.kind === "agent" ? `/agents/${node.slug}` : `/chart?focus=${node.slug}`}
                            className="rounded-sm underline-offset-4 hover:underline"
                          >
                            {node.name}
                          </Link>
                          <span className="text-xs text-muted"> · {node.kind}</span>
                        </li>
                      ))}
                    </ol>
                  ),
                },
              ].map((item) => (item.value === false ? { ...item, value: null } : item))}
            />
          </CardBody>
        </Card>
      </div>
    </>
  );
}
