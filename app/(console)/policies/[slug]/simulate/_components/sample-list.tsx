import { ArrowRight } from "lucide-react";
import Link from "next/link";

import { AgentChip } from "@/components/domain/agent-chip";
import { RuleEffectBadge } from "@/components/domain/rule-effect-badge";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount, formatPlural } from "@/components/ui/format/number";
import { Time } from "@/components/ui/time";
import { isDecisionCode, publicMessage } from "@/lib/decisions/codes";
import type { SimulatedOutcome } from "@/lib/policies/simulation/outcome";
import type { SampleLine } from "@/lib/policies/simulation/views";

/** Those that are seen at once; the others unfold. */
const SHOWN = 6;

interface SampleListProps {
  from: SimulatedOutcome;
  to: SimulatedOutcome;
  count: number;
  samples: readonly SampleLine[];
}

/** Decisions that would come out otherwise, spread over the time that was looked at. */
export function SampleList({ from, to, count, samples }: SampleListProps) {
  const all = samples.length === count;
  return (
    <Card aria-labelledby="samples">
      <CardHeader
        title={
          <span id="samples" className="flex flex-wrap items-center gap-1.5">
            <RuleEffectBadge effect={from} />
            <ArrowRight className="size-3.5 text-muted" aria-label="becomes" />
            <RuleEffectBadge effect={to} />
          </span>
        }
        description={
          all
            ? formatPlural(count, "decision")
            : `${samples.length} of ${formatCount(count)} decisions, spread over the time`
        }
      />
      {samples.length === 0 ? (
        <EmptyState title="None of them can be shown" description="They are of agents that you do not see." level={3} />
      ) : (
        <>
          <Samples samples={samples.slice(0, SHOWN)} />
          {samples.length > SHOWN && (
            <details className="group border-t border-line">
              <summary className="cursor-pointer px-4 py-2 text-xs font-medium text-accent-text hover:underline group-open:border-b group-open:border-line">
                {samples.length - SHOWN} more
              </summary>
              <Samples samples={samples.slice(SHOWN)} />
            </details>
          )}
        </>
      )}
    </Card>
  );
}

const Samples = ({ samples }: { samples: readonly SampleLine[] }) => (
  <ul className="divide-y divide-line">
    {samples.map((sample) => (
      <Sample key={sample.id} sample={sample} />
    ))}
  </ul>
);

const told = (code: string): string => (isDecisionCode(code) ? publicMessage(code) : code);

function Sample({ sample: { id, title, target, agent, at, was, is, rules } }: { sample: SampleLine }) {
  return (
    <li className="relative grid gap-x-4 gap-y-1 px-4 py-2.5 hover:bg-surface-2 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <Link
          href={`/decisions/${id}`}
          className="font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
        >
          {title}{" "}
          {target !== null && <span className="font-mono text-xs font-normal break-all text-muted">{target}</span>}
        </Link>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-1.5 text-xs text-muted">
          <span>{told(was)}</span>
          {was !== is && (
            <>
              <ArrowRight className="size-3" aria-label="becomes" />
              <span>{told(is)}</span>
            </>
          )}
          {rules.map((rule) => (
            <code key={rule} className="rounded-sm bg-surface-3 px-1 font-mono text-2xs">
              {rule}
            </code>
          ))}
        </p>
      </div>
      <p className="flex items-center gap-3 text-xs text-muted sm:justify-end">
        <AgentChip name={agent.name} slug={agent.slug} />
        <Time value={at} />
      </p>
    </li>
  );
}
