"use client";
import { AgentChip } from "@/components/domain/agent-chip";
import { AppealStateBadge } from "@/components/domain/appeal-state-badge";
import { AgentText } from "@/components/ui/agent-text";
import { Time } from "@/components/ui/time";
import type { PanelData } from "@/lib/inbox/panel";
import { EvidencePanel } from "../../_evidence/evidence-panel";
import { PrincipalChain } from "../../_evidence/principal-chain";
import { AnswerCard } from "../../approvals/appeals/[id]/_components/answer-card";
import { AppealOutcome } from "../../approvals/appeals/[id]/_components/appeal-outcome";
import { ProposedAction } from "../../approvals/appeals/[id]/_components/proposed-action";
import { Columns } from "./columns";
import { OtherHead } from "./other-head";
import { PanelFrame } from "./panel-frame";
import type { BodyProps } from "./panel-handle";
import { Section } from "./section";
import { WhyAsked } from "./why-asked";

type Appeal = Extract<PanelData, { kind: "appeal" }>["appeal"];

/** A denial that an agent asks to reconsider, with the answers that its page offers. */
export function AppealPanel({ data: appeal, level }: BodyProps<Appeal>) {
  const { decision, trail, rules } = appeal;
  const policies = [...new Set(rules.map((rule) => rule.split("/", 1)[0] ?? ""))].filter(Boolean);
  return (
    <PanelFrame label={`Appeal: ${decision.action.title}`} bar={null}>
      <OtherHead
        level={level}
        lead={
          <>
            <AgentChip name={decision.agent.name} href={`/agents/${decision.agent.slug}`} /> was denied and asks for it
            to be reconsidered
          </>
        }
        title={
          <>
            {decision.action.title}
            {decision.target !== null && (
              <span className="font-mono text-lg font-normal text-muted">
                {" "}
                <AgentText text={decision.target} />
              </span>
            )}
          </>
        }
      >
        <AppealStateBadge state={appeal.state} outcome={appeal.outcome} />
        <Time value={appeal.openedAt} />
      </OtherHead>
      <Columns
        main={
          <>
            <Section title="Why it should be allowed" description="Written by the agent. Remit has not checked it.">
              <p className="max-w-prose border-l-2 border-line-strong pl-3 text-sm whitespace-pre-wrap wrap-anywhere">
                <AgentText text={appeal.reason} />
              </p>
              {appeal.evidence !== null && <EvidencePanel evidence={appeal.evidence} />}
            </Section>
            <WhyAsked decision={decision} title="Why it was denied" />
            <ProposedAction decision={decision} />
          </>
        }
        aside={
          <>
            {appeal.state === "pending" ? (
              <AnswerCard appeal={{ ...appeal, policies, agent: decision.agent }} />
            ) : (
              <AppealOutcome appeal={appeal} />
            )}
            <Section title="Who asks for whom">
              <PrincipalChain trail={trail} />
            </Section>
          </>
        }
      />
    </PanelFrame>
  );
}
