"use client";
import Link from "next/link";
import { AgentChip } from "@/components/domain/agent-chip";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Code } from "@/components/ui/code-block";
import { formatPlural } from "@/components/ui/format/number";
import { KeyValueList } from "@/components/ui/key-value";
import { Time } from "@/components/ui/time";
import type { PanelData } from "@/lib/inbox/panel";
import { ResolveConflict } from "../../incidents/_components/resolve-conflict";
import { OtherHead } from "./other-head";
import { PanelBar, PanelFrame } from "./panel-frame";
import type { BodyProps } from "./panel-handle";
import { Section } from "./section";

type Conflict = Extract<PanelData, { kind: "conflict" }>["conflict"];

/** Two rules that contradict each other: the agent is denied until somebody has seen to it. */
export function ConflictPanel({ data: conflict, itemKey, level, onLeave }: BodyProps<Conflict>) {
  const policies = [...new Set([conflict.allowRule, conflict.denyRule].map((rule) => rule.split("/", 1)[0] ?? ""))];
  return (
    <PanelFrame
      label="Policy conflict"
      bar={
        <PanelBar>
          {conflict.mayResolve && <ResolveConflict id={conflict.id} onDone={() => onLeave(itemKey, "answered")} />}
          {policies.map((policy) => (
            <Button key={policy} asChild variant="ghost">
              <Link href={`/policies/${policy}`}>Open {policy}</Link>
            </Button>
          ))}
        </PanelBar>
      }
    >
      <OtherHead
        level={level}
        lead={
          <>
            <AgentChip name={conflict.agent.name} href={`/agents/${conflict.agent.slug}`} /> is denied by
          </>
        }
        title="Two rules that contradict each other"
      >
        <span>
          {formatPlural(conflict.times, "time")}, the last <Time value={conflict.lastAt} />
        </span>
      </OtherHead>
      {conflict.resolvedAt !== null && (
        <Banner tone="allow" title={`Resolved by ${conflict.resolvedBy ?? "the operator"}`}>
          {conflict.note}
        </Banner>
      )}
      <Section title="What they say">
        <KeyValueList
          items={[
            { label: "Allows", value: <RuleLink rule={conflict.allowRule} className="text-allow-text" /> },
            { label: "Denies", value: <RuleLink rule={conflict.denyRule} className="text-deny-text" /> },
            { label: "Action", value: <Code>{conflict.action}</Code> },
            { label: "First", value: <Time value={conflict.firstAt} format="minute" /> },
            {
              label: "Latest decision",
              value: (
                <Link
                  href={`/decisions/${conflict.lastDecisionId}`}
                  prefetch={false}
                  className="text-accent-text underline-offset-4 hover:underline"
                >
                  with every check
                </Link>
              ),
            },
          ]}
        />
        <p className="text-sm text-muted">
          A deny is never outvoted, so the request is denied. Narrow one of the two rules, then say here what was done;
          it is raised again if it happens once more.
        </p>
      </Section>
    </PanelFrame>
  );
}

function RuleLink({ rule, className }: { rule: string; className: string }) {
  return (
    <Link
      href={`/policies/${rule.split("/", 1)[0]}`}
      prefetch={false}
      className={`font-mono text-xs underline-offset-4 wrap-anywhere hover:underline ${className}`}
    >
      {rule}
    </Link>
  );
}
