import { Activity } from "lucide-react";
import Link from "next/link";

import { ApprovalStateBadge } from "@/components/domain/approval-state-badge";
import { EffectBadge } from "@/components/domain/effect-badge";
import { RunStatusBadge } from "@/components/domain/run-status-badge";
import { LiveIndicator } from "@/components/live/live-indicator";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import type { Viewer } from "@/lib/auth/viewer";
import { actionTitle } from "@/lib/decisions/words";
import { feed, type FeedItem } from "@/lib/overview/feed";

/** The newest decisions, answers and ends of runs, as they happen. */
export async function FeedCard({ viewer }: { viewer: Viewer }) {
  const items = await feed(viewer, 24);
  return (
    <Card>
      <CardHeader title="Happening now" actions={<LiveIndicator />} />
      {items.length === 0 ? (
        <EmptyState icon={Activity} title="Quiet" />
      ) : (
        <ol className="divide-y divide-line">
          {items.map((item) => (
            <li key={`${item.kind} ${item.id}`} className="relative px-4 py-2 text-sm hover:bg-surface-2">
              <div className="flex items-center gap-2">
                <Mark item={item} />
                <span className="min-w-0 flex-1 truncate text-xs text-muted">{item.agent.name}</span>
                <Time value={item.at} className="text-xs text-muted" />
              </div>
              <Link href={hrefOf(item)} className="mt-0.5 block truncate after:absolute after:inset-0">
                {wordsOf(item)}
              </Link>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function Mark({ item }: { item: FeedItem }) {
  switch (item.kind) {
    case "decision":
      return <EffectBadge effect={item.effect} />;
    case "approval":
      return <ApprovalStateBadge state={item.state} />;
    case "run":
      return <RunStatusBadge status={item.status} />;
  }
}

function wordsOf(item: FeedItem): string {
  switch (item.kind) {
    case "decision":
      return `${actionTitle(item.action, item.title)}${item.shadow ? " (shadow)" : ""}`;
    case "approval":
      return `${actionTitle(item.action, item.title)}${item.by === null ? "" : `, by ${item.by}`}`;
    case "run":
      return "Run ended";
  }
}

function hrefOf(item: FeedItem): string {
  switch (item.kind) {
    case "decision":
      return `/runs/${item.runId}`;
    case "approval":
      return `/approvals/${item.id}`;
    case "run":
      return `/runs/${item.id}`;
  }
}
