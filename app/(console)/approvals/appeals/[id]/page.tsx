import Link from "next/link";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { AgentChip } from "@/components/domain/agent-chip";
import { AppealStateBadge } from "@/components/domain/appeal-state-badge";
import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { getAppeal } from "@/lib/appeals/queries";
import { requireViewer } from "@/lib/auth/session";
import { explainDecision } from "@/lib/decisions/explanation";
import { decisiveChecks } from "@/lib/decisions/stored-checks";
import { CheckTrace } from "../../../_evidence/check-trace";
import { EvidencePanel } from "../../../_evidence/evidence-panel";
import { PrincipalChain } from "../../../_evidence/principal-chain";
import { ProposedAction } from "./_components/proposed-action";
import { AnswerCard } from "./_components/answer-card";
import { AppealOutcome } from "./_components/appeal-outcome";

export default async function AppealPage({ params }: { params: Promise<{ id: string }> }) {
  const [viewer, { id }] = await Promise.all([requireViewer("approval.read"), params]);
  const appeal = await getAppeal(viewer, id);
  if (!appeal) notFound();
  const { decision, trail } = appeal;
  const explanation = await explainDecision(viewer, decision.id);
  return (
    <Page>
      <Crumbs items={[{ label: "Appeals", href: "/approvals/appeals" }, { label: decision.action.title }]} />
      <Live topics={[`appeal:${id}`, `run:${decision.runId}`, "policies"]} />
      <PageHeader
        title={
          <>
            {decision.action.title}
            {decision.target !== null && (
              <span className="font-mono text-lg font-normal text-muted"> {decision.target}</span>
            )}
          </>
        }
        badges={<AppealStateBadge state={appeal.state} outcome={appeal.outcome} />}
        description={
          <>
            <AgentChip name={decision.agent.name} href={`/agents/${decision.agent.slug}`} /> was denied and asks for it
            to be reconsidered, <Time value={appeal.openedAt} />
          </>
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Section title="Why it should be allowed" description="Written by the agent. Remit has not checked it.">
            <p className="max-w-prose border-l-2 border-line-strong pl-3 text-sm whitespace-pre-wrap wrap-anywhere">
              {appeal.reason}
            </p>
            {appeal.evidence !== null && <EvidencePanel evidence={appeal.evidence} />}
          </Section>
          <Section
            title="Why it was denied"
            actions={
              <Link
                href={`/decisions/${decision.id}`}
                className="text-xs text-accent-text underline-offset-4 hover:underline"
              >
                The whole decision
              </Link>
            }
          >
            <p className="text-sm wrap-anywhere">The agent was told: “{decision.message}”</p>
            <CheckTrace
              checks={decisiveChecks(decision.checks)}
              rules={decision.rules}
              readings={explanation?.rules ?? []}
            />
          </Section>
          <ProposedAction decision={decision} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {appeal.state === "pending" ? <AnswerCard appeal={answerable(appeal)} /> : <AppealOutcome appeal={appeal} />}
          <Section title="Who asks for whom">
            <PrincipalChain trail={trail} />
          </Section>
        </div>
      </div>
    </Page>
  );
}

/** What the buttons need, and no more. */
function answerable(appeal: NonNullable<Awaited<ReturnType<typeof getAppeal>>>) {
  const { id, standing, subject, permitFault, rules, decision } = appeal;
  const policies = [...new Set(rules.map((rule) => rule.split("/", 1)[0] ?? ""))].filter(Boolean);
  return { id, standing, subject, permitFault, policies, agent: decision.agent };
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
      <CardBody className="flex flex-col gap-4">{children}</CardBody>
    </Card>
  );
}
