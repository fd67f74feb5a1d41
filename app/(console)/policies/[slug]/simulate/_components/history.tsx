import Link from "next/link";

import { simulateHref } from "@/app/(console)/policies/[slug]/simulate/search-params";
import { Card, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { formatCount } from "@/components/ui/format/number";
import { Time } from "@/components/ui/time";
import type { SimulationLine } from "@/lib/policies/simulation/views";

const STATES: Record<SimulationLine["state"], string> = {
  queued: "waiting",
  running: "running",
  done: "done",
  cancelled: "cancelled",
  failed: "failed",
};

interface HistoryProps {
  slug: string;
  lines: readonly SimulationLine[];
  shown: string | null;
  /** Hash of the draft's rules as they are. */
  rulesHash: string;
}

/** Earlier simulations of this policy. */
export function History({ slug, lines, shown, rulesHash }: HistoryProps) {
  return (
    <Card>
      <CardHeader title="Simulations" />
      <ul className="divide-y divide-line">
        {lines.map((line) => (
          <li key={line.id}>
            <Link
              href={simulateHref(slug, { simulation: line.id })}
              aria-current={line.id === shown ? "true" : undefined}
              className={cn("block px-4 py-2 text-sm hover:bg-surface-2", line.id === shown && "bg-surface-2")}
            >
              <span className="flex items-baseline justify-between gap-2">
                <span className="truncate">{describe(line)}</span>
                <span className="shrink-0 text-xs text-muted">
                  <Time value={line.requestedAt} />
                </span>
              </span>
              <span className="block truncate text-xs text-muted">
                {line.changed === null ? STATES[line.state] : `${formatCount(line.changed)} changed`}
                {line.rulesHash === rulesHash ? "" : " · other rules"}
                {` · ${line.requestedBy?.name ?? "the operator"}`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function describe({ days, agent, action }: SimulationLine): string {
  const narrowed = [agent?.name, action].filter((one) => one !== null && one !== undefined);
  return [`${days} ${days === 1 ? "day" : "days"}`, ...narrowed].join(" · ");
}
