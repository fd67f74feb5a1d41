import { AgentText } from "@/components/ui/agent-text";
import { JsonView } from "@/components/ui/json-view";
import type { ReactNode } from "react";
import { Progress } from "@/components/ui/progress";
import { formatPercent } from "@/components/ui/format/number";
import type { EvidenceItem, EvidenceView } from "@/lib/decisions/evidence-view";
import { OutsideLink } from "./outside-link";

/** What the agent brought to support its request. Shown as text only; nothing in it is loaded or run. */
export function EvidencePanel({ evidence }: { evidence: EvidenceView | null }) {
  if (evidence === null) return <p className="text-sm text-muted">The agent sent no evidence.</p>;
  return (
    <div className="flex flex-col gap-4">
      {evidence.reason !== null && (
        <figure>
          <blockquote className="border-l-2 border-line-strong pl-3 text-sm whitespace-pre-wrap wrap-anywhere">
            <AgentText text={evidence.reason} />
          </blockquote>
          <figcaption className="sr-only">The agent's reason</figcaption>
        </figure>
      )}
      {evidence.confidence !== null && <Confidence value={evidence.confidence} />}
      <Items title="Sources" items={evidence.sources} />
      <Items title="References" items={evidence.references} />
      <Items title="Alternatives considered" items={evidence.alternatives} />
      {evidence.proposedAction !== null && (
        <Section title="Proposed action, in the agent's words">
          {typeof evidence.proposedAction === "string" ? (
            <p className="text-sm whitespace-pre-wrap wrap-anywhere">
              <AgentText text={evidence.proposedAction} />
            </p>
          ) : (
            <JsonView value={evidence.proposedAction} label="Proposed action" />
          )}
        </Section>
      )}
      {evidence.more !== null && (
        <Section title="More">
          <JsonView value={evidence.more} label="More evidence" depth={1} />
        </Section>
      )}
    </div>
  );
}

function Confidence({ value }: { value: number }) {
  const tone = value < 0.5 ? "deny" : value < 0.8 ? "escalate" : "allow";
  return (
    <div className="flex items-center gap-3 text-sm">
      <span className="text-muted">Stated confidence</span>
      <Progress label="Stated confidence" value={value} max={1} tone={tone} className="max-w-40 flex-1" />
      <span className="font-medium tabular-nums">{formatPercent(value)}</span>
    </div>
  );
}

function Items({ title, items }: { title: string; items: readonly EvidenceItem[] }) {
  if (items.length === 0) return null;
  return (
    <Section title={title}>
      <ul className="flex flex-col gap-1.5">
        {items.map((item, at) => (
          // Items have no id, and two may say the same; the list never changes once sent.
          <li key={`${at}:${item.text}`} className="min-w-0 text-sm">
            {item.href === null ? (
              <span className="whitespace-pre-wrap wrap-anywhere">
                <AgentText text={item.text} />
              </span>
            ) : (
              <OutsideLink href={item.href}>{item.text}</OutsideLink>
            )}
            {item.note !== null && (
              <p className="text-muted whitespace-pre-wrap wrap-anywhere">
                <AgentText text={item.note} />
              </p>
            )}
            {item.rest !== null && (
              <p className="font-mono text-xs text-faint wrap-anywhere">
                <AgentText text={JSON.stringify(item.rest).slice(0, 600)} />
              </p>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 text-xs font-medium text-muted">{title}</h3>
      {children}
    </section>
  );
}
