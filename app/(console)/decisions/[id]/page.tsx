import Link from "next/link";
import { notFound } from "next/navigation";
import { AskedNow } from "@/components/domain/asked-now";
import { EffectBadge } from "@/components/domain/effect-badge";
import { AgentChip } from "@/components/domain/agent-chip";
import { Crumbs } from "@/components/shell/crumbs";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { askedOf } from "@/lib/approvals/route/asked";
import { requireViewer } from "@/lib/auth/session";
import { explainDecision } from "@/lib/decisions/explanation";
import { getDecision } from "@/lib/decisions/queries";
import { DecisionView } from "../../_evidence/decision-view";
import { InShort } from "./_components/in-short";
import { OutlookCard } from "./_components/outlook-card";
import { SilentRules } from "./_components/silent-rules";

export default async function DecisionPage({ params }: { params: Promise<{ id: string }> }) {
  const [viewer, { id }] = await Promise.all([requireViewer("run.read"), params]);
  const [decision, explanation] = await Promise.all([getDecision(viewer, id), explainDecision(viewer, id)]);
  if (!decision) notFound();
  const asked = decision.approvalId === null ? null : await askedOf(viewer, decision.approvalId);
  const readings = explanation?.rules ?? [];
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
      <div className="grid gap-4 lg:grid-cols-2">
        <InShort decision={decision} onBehalfOf={explanation?.onBehalfOf ?? null}>
          {asked && <AskedNow asked={asked} className="mt-1 border-t border-line pt-3" />}
        </InShort>
        {explanation && <OutlookCard explanation={explanation} />}
      </div>
      <Card>
        <CardBody>
          <h2 className="sr-only">The decision</h2>
          <DecisionView decision={decision} readings={readings} />
        </CardBody>
      </Card>
      <SilentRules decision={decision} readings={readings} />
    </Page>
  );
}
