import { ChevronDown, ChevronUp, ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { AgentChip } from "@/components/domain/agent-chip";
import { ApprovalStateBadge } from "@/components/domain/approval-state-badge";
import { RiskLevelBadge } from "@/components/domain/risk-level-badge";
import { TimeLeft } from "@/components/domain/time-left";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { ApprovalDetail } from "@/lib/approvals/views";
import { ArgumentsView } from "../../../_evidence/arguments-view";
import { EvidencePanel } from "../../../_evidence/evidence-panel";
import { PrincipalChain } from "../../../_evidence/principal-chain";
import { CompactTimeline } from "../../../runs/_components/compact-timeline";
import { DecisionBar } from "./decision-bar";
import { Precedents } from "./precedents";
import { ProposedAction } from "./proposed-action";
import { StandingBanners } from "./standing-banners";
import { WhyAsked } from "./why-asked";

export interface ApprovalPanelProps {
  approval: ApprovalDetail;
  viewerName: string;
  position: { place: number; total: number } | null;
  backHref: string;
  previousHref: string | null;
  nextHref: string | null;
  /** What opens once this one is decided. */
  afterHref: string | null;
}

/** Enough to decide without opening another system: what, why, on what grounds, for whom, after what, and like what before. */
export function ApprovalPanel({
  approval,
  viewerName,
  position,
  backHref,
  previousHref,
  nextHref,
  afterHref,
}: ApprovalPanelProps) {
  const { decision, trail } = approval;
  return (
    <div className="flex min-w-0 flex-col xl:min-h-0">
      <div className="min-w-0 flex-1 px-4 py-5 sm:px-6 xl:min-h-0 xl:overflow-y-auto">
        <div className="mx-auto flex w-full max-w-5xl flex-col gap-4">
          <div className="flex items-center gap-2">
            <Button asChild variant="ghost" size="sm" className="-ml-2.5">
              <Link href={backHref}>
                <ArrowLeft aria-hidden />
                Queue
              </Link>
            </Button>
            <span className="flex-1" />
            {position !== null && (
              <span className="text-xs tabular-nums text-muted">
                {position.place} of {position.total}
              </span>
            )}
            <StepLink href={previousHref} label="Previous request" icon={<ChevronUp aria-hidden />} />
            <StepLink href={nextHref} label="Next request" icon={<ChevronDown aria-hidden />} />
          </div>
          <header className="flex flex-col gap-2">
            <p className="flex flex-wrap items-center gap-x-1.5 text-sm text-muted">
              <AgentChip
                name={decision.agent.name}
                href={`/agents/${decision.agent.slug}`}
                className="font-medium text-foreground"
              />
              {approval.state === "pending" ? "wants to" : "wanted to"}
            </p>
            <h1 className="text-xl font-semibold tracking-tight wrap-anywhere">
              {decision.action.title}
              {decision.target !== null && (
                <span className="font-mono text-lg font-normal text-muted"> {decision.target}</span>
              )}
            </h1>
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-muted">
              <ApprovalStateBadge state={approval.state} />
              <RiskLevelBadge risk={approval.risk} />
              {decision.mode === "shadow" && <Badge tone="info">Shadow run</Badge>}
              {approval.state === "pending" && <TimeLeft deadline={approval.deadline} />}
              <span>
                asked <Time value={approval.requestedAt} />
              </span>
              {trail.onBehalfOf !== null && <span className="wrap-anywhere">for {trail.onBehalfOf.subject}</span>}
            </div>
            {decision.evidence !== null && decision.evidence.reason !== null && (
              <p className="line-clamp-3 max-w-prose border-l-2 border-line-strong pl-3 text-sm wrap-anywhere">
                {decision.evidence.reason}
              </p>
            )}
          </header>
          <StandingBanners approval={approval} viewerName={viewerName} />
          <div className="@container">
            <div className="grid items-start gap-4 @3xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
              <div className="flex min-w-0 flex-col gap-4">
                <ProposedAction decision={decision} />
                <WhyAsked decision={decision} />
                <Section title="The agent's grounds" description="Written by the agent. Remit has not checked it.">
                  <EvidencePanel evidence={decision.evidence} />
                </Section>
              </div>
              <div className="flex min-w-0 flex-col gap-4">
                <Section title="Who asks for whom">
                  <PrincipalChain trail={trail} />
                </Section>
                <Section
                  title="What the run did so far"
                  actions={
                    <Link
                      href={`/runs/${decision.runId}?entry=${encodeURIComponent(`decision:${decision.id}`)}`}
                      className="text-xs text-accent-text underline-offset-4 hover:underline"
                    >
                      Open the run
                    </Link>
                  }
                >
                  <CompactTimeline entries={approval.before} runId={decision.runId} />
                </Section>
                <Section title="Similar requests before">
                  <Precedents precedents={approval.precedents} />
                </Section>
              </div>
            </div>
          </div>
        </div>
      </div>
      <DecisionBar
        approvalId={approval.id}
        canDecide={approval.standing === "may_decide"}
        risk={approval.risk}
        agentName={decision.agent.name}
        actionTitle={decision.action.title}
        summary={<ArgumentsView value={decision.args} label="Arguments" />}
        irreversible={decision.action.reversibility === "irreversible" || decision.action.reversibility === null}
        deadline={approval.deadline}
        backHref={backHref}
        previousHref={previousHref}
        nextHref={nextHref}
        afterHref={afterHref}
      />
    </div>
  );
}

function StepLink({ href, label, icon }: { href: string | null; label: string; icon: ReactNode }) {
  if (href === null) {
    return (
      <Button size="icon-sm" variant="ghost" disabled aria-label={label}>
        {icon}
      </Button>
    );
  }
  return (
    <Button asChild size="icon-sm" variant="ghost">
      <Link href={href} prefetch aria-label={label}>
        {icon}
      </Link>
    </Button>
  );
}

interface SectionProps {
  title: string;
  description?: string;
  actions?: ReactNode;
  children: ReactNode;
}

function Section({ title, description, actions, children }: SectionProps) {
  return (
    <Card>
      <CardHeader title={title} description={description} actions={actions} />
      <CardBody>{children}</CardBody>
    </Card>
  );
}
