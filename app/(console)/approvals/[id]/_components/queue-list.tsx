import Link from "next/link";
import { RISK_LEVELS } from "@/components/domain/risk-level-badge";
import { APPROVAL_STATES } from "@/components/domain/approval-state-badge";
import { TimeLeft } from "@/components/domain/time-left";
import { cn } from "@/components/ui/cn";
import { formatCount } from "@/components/ui/format/number";
import { TONES } from "@/components/ui/tone";
import type { ApprovalRow } from "@/lib/approvals/views";
import { QueueTabs } from "../../_components/queue-tabs";
import { approvalsParams, type ApprovalsQuery, itemHref } from "../../search-params";
import { ScrollToCurrent } from "./scroll-to-current";

export interface QueueListProps {
  query: ApprovalsQuery;
  rows: readonly ApprovalRow[];
  total: number;
  counts: { mine: number; waiting: number };
  /** The item that is open. */
  current: string;
}

/** The queue beside the evidence, where there is room for both. */
export function QueueList({ query, rows, total, counts, current }: QueueListProps) {
  return (
    <aside aria-label="Queue" className="flex min-h-0 flex-col border-r border-line max-xl:hidden">
      <div className="px-4 pt-2">
        <QueueTabs short queue={query.queue} counts={counts} />
      </div>
      {rows.length === 0 ? (
        <p className="px-4 py-6 text-center text-sm text-muted">Nothing here.</p>
      ) : (
        <ul className="min-h-0 flex-1 overflow-y-auto p-2">
          {rows.map((row) => (
            <li key={row.id}>
              <QueueItem row={row} href={itemHref(query, row.id)} current={row.id === current} />
            </li>
          ))}
        </ul>
      )}
      <ScrollToCurrent current={current} />
      {total > rows.length && (
        <p className="border-t border-line px-4 py-2 text-xs text-muted">
          {formatCount(rows.length)} of {formatCount(total)} shown.{" "}
          <Link
            href={approvalsParams.href("/approvals", query)}
            className="text-accent-text underline-offset-4 hover:underline"
          >
            The whole list
          </Link>
        </p>
      )}
    </aside>
  );
}

function QueueItem({ row, href, current }: { row: ApprovalRow; href: string; current: boolean }) {
  const { icon: Icon, tone, label } = row.state === "pending" ? RISK_LEVELS[row.risk] : APPROVAL_STATES[row.state];
  return (
    <Link
      href={href}
      data-queue-item={row.id}
      aria-current={current ? "true" : undefined}
      className={cn(
        "flex gap-2.5 rounded-md px-2.5 py-2 text-sm hover:bg-surface-3 focus-visible:-outline-offset-2",
        current && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      <Icon aria-label={label} className={cn("mt-0.5 size-4 shrink-0", TONES[tone].text)} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate font-medium">{row.actionTitle}</span>
          {row.state === "pending" && <TimeLeft deadline={row.deadline} className="shrink-0 text-xs" />}
        </span>
        <span className="flex items-baseline gap-2 text-xs text-muted">
          <span className="min-w-0 shrink-0 max-w-[60%] truncate">{row.agent.name}</span>
          {row.target !== null && <span className="min-w-0 truncate font-mono">{row.target}</span>}
        </span>
      </span>
    </Link>
  );
}
