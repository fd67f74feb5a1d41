import Link from "next/link";
import type { ReactNode } from "react";
import { EffectBadge } from "@/components/domain/effect-badge";
import { cn } from "@/components/ui/cn";
import { Code } from "@/components/ui/code-block";
import { formatCount } from "@/components/ui/format/number";
import { Hash } from "@/components/ui/hash";
import { KeyValueList, type KeyValueItem } from "@/components/ui/key-value";
import { Time } from "@/components/ui/time";
import type { DecisionDetail } from "@/lib/decisions/decision-detail";
import type { RuleReading } from "@/lib/decisions/explanation";
import { recordHref } from "../audit/_components/record-href";
import { ActionFacts } from "./action-facts";
import { ArgumentsView, Value } from "./arguments-view";
import { CheckTrace } from "./check-trace";
import { EvidencePanel } from "./evidence-panel";

interface DecisionViewProps {
  decision: DecisionDetail;
  /** Offers the decision's own page. */
  link?: boolean;
  /** Conditions of its rules, taken apart. */
  readings?: readonly RuleReading[];
}

/** A decision as an auditor reads it: what was asked, each check with what it saw, and under which configuration. */
export function DecisionView({ decision, link = false, readings = [] }: DecisionViewProps) {
  return (
    <div className="@container">
      <div className="grid items-start gap-x-8 gap-y-5 @3xl:grid-cols-2">
        {/* Side by side where there is room; else one column in the order in which it is understood. */}
        <div className="contents min-w-0 flex-col gap-5 @3xl:flex">
          <Part title="What was asked" className="order-1">
            <ArgumentsView value={decision.args} label="Arguments" />
            {decision.resource !== null && (
              <div className="mt-2 text-sm">
                <p className="text-xs text-muted">On</p>
                <Value value={decision.resource} depth={0} />
              </div>
            )}
          </Part>
          <Part title="What that means" className="order-1">
            <ActionFacts action={decision.action} estimate={decision.estimate} />
          </Part>
          {decision.evidence !== null && (
            <Part title="The agent's grounds" className="order-3">
              <EvidencePanel evidence={decision.evidence} />
            </Part>
          )}
          <Part title="Record" className="order-4">
            <KeyValueList items={recordItems(decision, link)} />
          </Part>
        </div>
        <Part title="How it was decided" className="order-2">
          <p className="mb-3 text-sm">
            <EffectBadge
              effect={decision.effect === "allow" && decision.reviewDeadline !== null ? "review" : decision.effect}
            />{" "}
            <span className="wrap-anywhere">The agent was told: “{decision.message}”</span> <Code>{decision.code}</Code>
          </p>
          <CheckTrace checks={decision.checks} rules={decision.rules} readings={readings} />
        </Part>
      </div>
    </div>
  );
}

function recordItems(decision: DecisionDetail, link: boolean): KeyValueItem[] {
  const { approvalId, redeemedApprovalId, reviewDeadline, record } = decision;
  const items: KeyValueItem[] = [
    { label: "Decided", value: <Time value={decision.at} format="second" /> },
    { label: "Took", value: `${formatCount(decision.latencyUs)} µs` },
    { label: "Configuration", value: `version ${decision.configVersion}` },
    {
      label: "Arguments' hash",
      value: <Hash value={decision.argsHash} label="hash of the arguments" show={{ start: 16 }} />,
    },
  ];
  if (approvalId !== null)
    items.push({
      label: "Approval asked for",
      value: <Reference href={`/approvals/${approvalId}`}>open it</Reference>,
    });
  if (redeemedApprovalId !== null) {
    items.push({
      label: "Approval used",
      value: <Reference href={`/approvals/${redeemedApprovalId}`}>open it</Reference>,
    });
  }
  if (reviewDeadline !== null)
    items.push({ label: "Review until", value: <Time value={reviewDeadline} format="second" /> });
  if (record !== null) {
    items.push(
      { label: "Record's hash", value: <Hash value={record.hash} label="record hash" show={{ start: 16 }} /> },
      {
        label: "Stands in",
        value: (
          <span className="font-mono text-xs wrap-anywhere">
            {record.mayOpen ? (
              <Reference href={recordHref(record)}>{`${record.stream} #${record.seq}`}</Reference>
            ) : (
              `${record.stream} #${record.seq}`
            )}
          </span>
        ),
      },
    );
  }
  items.push({
    label: "Decision",
    value: link ? (
      <Reference href={`/decisions/${decision.id}`}>its page</Reference>
    ) : (
      <Hash value={decision.id} label="decision id" show={{ end: 8 }} />
    ),
  });
  return items;
}

function Reference({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} prefetch={false} className="text-accent-text underline-offset-4 hover:underline">
      {children}
    </Link>
  );
}

function Part({ title, className, children }: { title: string; className: string; children: ReactNode }) {
  return (
    <section className={cn("min-w-0", className)}>
      <h3 className="mb-2 text-xs font-medium text-muted">{title}</h3>
      {children}
    </section>
  );
}
