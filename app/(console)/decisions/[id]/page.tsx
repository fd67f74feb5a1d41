import Link from "next/link";
import { notFound } from "next/navigation";
import { EffectBadge } from "@/components/domain/effect-badge";
import { AgentChip } from "@/components/domain/agent-chip";
import { Crumbs } from "@/components/shell/crumbs";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { requireViewer } from "@/lib/auth/session";
import { getDecision } from "@/lib/decisions/queries";
import { DecisionView } from "../../_evidence/decision-view";

export default async function DecisionPage({ params }: { params: Promise<{ id: string }> }) {
  const [viewer, { id }] = await Promise.all([requireViewer("run.read"), params]);
  const decision = await getDecision(viewer, id);
  if (!decision) notFound();
  const { agent, action, effect, reviewDeadline } = decision;
  const inRun = `/runs/${decision.runId}?entry=${encodeURIComponent(`decision:${id}`)}`;
  return (
    <Page>
      <Crumbs
        items={[
          { label: "Runs", href: "/runs" },
          { label: `${agent.name} …${decision.runId.slice(-8)}`, href: inRun },
          { label: "Decision" },
        ]}
      />
      <PageHeader
        title={
          <>
            {action.title}
            {decision.target !== null && (
              <span className="font-mono text-lg font-normal text-muted"> {decision.target}</span>
            )}
          </>
        }
        badges={
          <>
            <EffectBadge effect={effect === "allow" && reviewDeadline !== null ? "review" : effect} />
            {decision.mode === "shadow" && <Badge tone="info">Shadow run</Badge>}
          </>
        }
        description={
          <>
            <AgentChip name={agent.name} href={`/agents/${agent.slug}`} /> asked{" "}
            <Time value={decision.at} format="second" />
          </>
        }
        actions={
          <Button asChild>
            <Link href={inRun}>In its run</Link>
          </Button>
        }
      />
      <Card>
        <CardBody>
          <h2 className="sr-only">The decision</h2>
          <DecisionView decision={decision} />
        </CardBody>
      </Card>
    </Page>
  );
}
