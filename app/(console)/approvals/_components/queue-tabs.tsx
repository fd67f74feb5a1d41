import Link from "next/link";
import { formatCount } from "@/components/ui/format/number";
import { tabClasses, tabListClasses } from "@/components/ui/tabs";
import type { Queue } from "@/lib/approvals/views";
import { approvalsParams } from "../search-params";

export interface QueueTabsProps {
  queue: Queue | "appeals";
  counts: { mine: number; waiting: number };
  /** How many appeals wait for the viewer; absent: they are left out. */
  appeals?: number;
  /** Short names, for a narrow column. */
  short?: boolean;
}

/** The queues; each keeps its own address, so that a filter chosen in one does not empty another. */
export function QueueTabs({ queue, counts, appeals, short = false }: QueueTabsProps) {
  const tabs: { queue: QueueTabsProps["queue"]; label: string; count?: number; href: string }[] = [
    { queue: "mine", label: short ? "Mine" : "Waiting for me", count: counts.mine, href: "/approvals" },
    {
      queue: "waiting",
      label: short ? "All" : "All waiting",
      count: counts.waiting,
      href: approvalsParams.href("/approvals", { queue: "waiting" }),
    },
    {
      queue: "decided",
      label: "Decided",
      href: approvalsParams.href("/approvals", { queue: "decided", sort: { id: "decidedAt", desc: true } }),
    },
  ];
  if (appeals !== undefined)
    tabs.push({ queue: "appeals", label: "Appeals", count: appeals, href: "/approvals/appeals" });
  return (
    <nav aria-label="Queues" className={tabListClasses}>
      {tabs.map((tab) => (
        <Link
          key={tab.queue}
          href={tab.href}
          aria-current={tab.queue === queue ? "page" : undefined}
          className={tabClasses}
        >
          {tab.label}
          {tab.count !== undefined && (
            <span className="rounded-full bg-surface-3 px-1.5 text-xs font-medium tabular-nums text-muted">
              {formatCount(tab.count)}
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
