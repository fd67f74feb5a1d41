import { Bot, CirclePause, Hourglass, UserRound, UsersRound, Wallet } from "lucide-react";

import { TierBadge } from "@/components/domain/tier-badge";
import { Dot } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { toneOfShare } from "@/components/domain/envelope-meters";
import { formatCount, formatPercent } from "@/components/ui/format/number";
import { TONES } from "@/components/ui/tone";
import type { ChartNode } from "@/lib/agents/chart-queries";
import { closestOf, shareOf } from "@/lib/budgets/views";
import { unitWords } from "@/lib/budgets/words";

const ICONS = { team: UsersRound, person: UserRound, agent: Bot };

export function NodeIcon({ node, className }: { node: ChartNode; className?: string }) {
  const Icon = ICONS[node.kind];
  return <Icon aria-hidden className={cn("size-4 shrink-0 text-muted", className)} />;
}

/** Whether the node itself, or everything below it, is stopped. */
export const isStopped = (node: ChartNode): boolean => node.suspended || node.agent?.status === "suspended";

/** Small marks: stopped, running now, waiting for a person; short ones say their words on hover and to assistive technology. */
export function NodeMarks({ node, short = false }: { node: ChartNode; short?: boolean }) {
  const word = (text: string) => <span className={short ? "sr-only" : "max-sm:sr-only"}>{text}</span>;
  const { agent } = node;
  return (
    <>
      {isStopped(node) && (
        <span className="inline-flex items-center gap-1 text-xs text-deny-text">
          <CirclePause aria-hidden className="size-3" />
          {node.suspended ? "all suspended" : "suspended"}
        </span>
      )}
      {agent?.status === "retired" && <span className="text-xs text-muted">retired</span>}
      {agent !== null && agent.running > 0 && (
        <span title="Running now" className="inline-flex items-center gap-1 text-xs tabular-nums text-info-text">
          <Dot tone="info" live />
          {formatCount(agent.running)} {word("running")}
        </span>
      )}
      {agent !== null && agent.waiting > 0 && (
        <span
          title="Waiting for a person"
          className="inline-flex items-center gap-1 text-xs tabular-nums text-escalate-text"
        >
          <Hourglass aria-hidden className="size-3" />
          {formatCount(agent.waiting)} {word("waiting")}
        </span>
      )}
    </>
  );
}

/**
 * How much of its envelope is used, and the way to it; by keyboard it is opened from the chart. Nothing where there is nothing to see or
 * to set.
 */
export function EnvelopeMark({ node, onOpen }: { node: ChartNode; onOpen: (id: string) => void }) {
  const { envelope } = node;
  if (!envelope) return null;
  const closest = closestOf(envelope.meters);
  const share = closest && shareOf(closest);
  const words = closest
    ? `${unitWords(closest.unit, closest.spent + closest.reserved)} of ${unitWords(closest.unit, closest.limit)} used this ${closest.period}`
    : envelope.runs.length > 0
      ? "Limits each run"
      : "No envelope";
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={`Envelope of ${node.name}: ${words}`}
      title={words}
      onClick={(event) => {
        event.stopPropagation();
        onOpen(node.id);
      }}
      className={cn(
        "nodrag nopan ml-auto inline-flex h-6 min-w-6 shrink-0 items-center justify-center gap-1 rounded-sm px-1 text-xs tabular-nums hover:bg-surface-3",
        envelope.unreadable
          ? "text-deny-text"
          : share !== null && share >= envelope.nearAt
            ? TONES[toneOfShare(share, envelope.nearAt)].text
            : "text-muted hover:text-foreground",
      )}
    >
      <Wallet aria-hidden className="size-3.5" />
      {share !== null && formatPercent(share)}
    </button>
  );
}

/** Who answers for it, or how far it may go. */
export function NodeDetail({ node }: { node: ChartNode }) {
  if (node.agent !== null) return <TierBadge tier={node.agent.tier} />;
  if (node.kind === "person") return <span className="truncate text-xs text-muted">Person</span>;
  return <span className="truncate text-xs text-muted">{node.lead === null ? "No lead" : `Led by ${node.lead}`}</span>;
}
