import { AgentChip } from "@/components/domain/agent-chip";
import { ApprovalStateBadge } from "@/components/domain/approval-state-badge";
import { RiskLevelBadge } from "@/components/domain/risk-level-badge";
import { TimeLeft } from "@/components/domain/time-left";
import { AgentText } from "@/components/ui/agent-text";
import { Badge } from "@/components/ui/badge";
import { Time } from "@/components/ui/time";
import type { ApprovalView } from "@/lib/inbox/panel";

/** Who wants to do what to what, how risky, how long is left, for whom, and why in the agent's words. */
export function ApprovalHead({ approval, level }: { approval: ApprovalView; level: 1 | 2 }) {
  const { decision, trail, state } = approval;
  const Heading = level === 1 ? "h1" : "h2";
  const reason = decision.evidence?.reason ?? null;
  return (
    <header className="flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-x-1.5 text-sm text-muted">
        <AgentChip
          name={decision.agent.name}
          href={`/agents/${decision.agent.slug}`}
          className="font-medium text-foreground"
        />
        {state === "pending" ? "wants to" : "wanted to"}
      </p>
      <Heading className="text-xl font-semibold tracking-tight wrap-anywhere">
        {decision.action.title}
        {decision.target !== null && (
          <span className="font-mono text-lg font-normal text-muted">
            {" "}
            <AgentText text={decision.target} />
          </span>
        )}
      </Heading>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-muted">
        {state !== "pending" && <ApprovalStateBadge state={state} />}
        <RiskLevelBadge risk={approval.risk} />
        {decision.mode === "shadow" && <Badge tone="info">Shadow run</Badge>}
        {approval.quorum > 1 && (
          <Badge tone="info">
            {approval.votes.length} of {approval.quorum} approved
          </Badge>
        )}
        {state === "pending" && <TimeLeft deadline={approval.deadline} />}
        <span>
          asked <Time value={approval.requestedAt} />
        </span>
        {trail.onBehalfOf !== null && (
          <span className="wrap-anywhere">
            for <AgentText text={trail.onBehalfOf.subject} />
          </span>
        )}
        <Before counts={approval.precedents.counts} />
        {approval.assignee !== null && <span>{approval.assignee.name} takes care of it</span>}
      </div>
      {reason !== null && (
        <p className="line-clamp-3 max-w-prose border-l-2 border-line-strong pl-3 text-sm wrap-anywhere">
          <AgentText text={reason} />
        </p>
      )}
    </header>
  );
}

/** How alike requests ended, in a few words; the card has the latest of them. */
function Before({ counts }: { counts: ApprovalView["precedents"]["counts"] }) {
  const { approved, rejected } = counts;
  if (approved + rejected === 0) return null;
  return (
    <span>
      before: {approved} approved, {rejected} rejected
    </span>
  );
}
