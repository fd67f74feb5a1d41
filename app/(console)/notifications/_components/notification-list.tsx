"use client";
import {
  Check,
  CircleAlert,
  EyeOff,
  FilePen,
  Gavel,
  Hourglass,
  Inbox,
  KeyRound,
  type LucideIcon,
  Scale,
  Siren,
  Sprout,
  TimerOff,
  MessageCircleReply,
  UserRoundCheck,
  UserRoundX,
  Wallet,
  WalletCards,
} from "lucide-react";
import Link from "next/link";
import { useAction } from "@/components/form/use-action";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Time } from "@/components/ui/time";
import { Tooltip } from "@/components/ui/tooltip";
import { KIND_WORDS, type NoticeKind } from "@/lib/notify/kinds";
import type { NotificationRow } from "@/lib/notify/views";
import { markNotificationsRead } from "../actions";

const ICONS: Record<NoticeKind, LucideIcon> = {
  "approval.asked": Inbox,
  "approval.due_soon": Hourglass,
  "approval.unanswered": UserRoundX,
  "approval.assigned": UserRoundCheck,
  "approval.answered": MessageCircleReply,
  "approval.expired": TimerOff,
  "review.unanswered": EyeOff,
  "appeal.opened": Gavel,
  "policy_conflict.opened": Scale,
  "promotion.requested": Sprout,
  "policy_draft.proposed": FilePen,
  "incident.opened": Siren,
  "envelope.nearly_used": Wallet,
  "envelope.used_up": WalletCards,
  "report.unused_grants": KeyRound,
};

/** The person's notifications, newest first. Opening one marks it as read. */
export function NotificationList({ rows }: { rows: readonly NotificationRow[] }) {
  return (
    <ul aria-label="Notifications" className="divide-y divide-line">
      {rows.map((row) => (
        <Item key={row.id} row={row} />
      ))}
    </ul>
  );
}

function Item({ row }: { row: NotificationRow }) {
  const { run, pending } = useAction(markNotificationsRead);
  const read = () => run({ ids: [row.id] });
  const Icon = ICONS[row.kind];
  return (
    <li className="group relative flex items-start gap-3 px-4 py-3 transition-colors hover:bg-surface-2">
      <span
        className={cn(
          "mt-0.5 grid size-7 shrink-0 place-items-center rounded-md bg-surface-3 text-muted",
          !row.read && "bg-accent-soft text-accent-text",
        )}
      >
        <Icon aria-hidden className="size-4" />
      </span>
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
          {KIND_WORDS[row.kind].label}
          {row.urgent && (
            <Badge tone="deny" icon={<CircleAlert aria-hidden />}>
              Urgent
            </Badge>
          )}
          <Time value={row.at} className="ml-auto" />
        </p>
        <Link
          href={row.link}
          onClick={() => {
            if (!row.read) read();
          }}
          className={cn(
            "text-sm after:absolute after:inset-0 wrap-anywhere",
            row.read ? "text-muted" : "font-medium text-foreground",
          )}
        >
          {!row.read && <span className="sr-only">Unread: </span>}
          {row.subject}
        </Link>
        <Facts row={row} />
      </div>
      <Tooltip label="Mark as read">
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={`Mark as read: ${row.subject}`}
          className={cn("relative z-10 mt-3 shrink-0", row.read && "invisible")}
          pending={pending}
          onClick={read}
        >
          <Check aria-hidden />
        </Button>
      </Tooltip>
    </li>
  );
}

/** Who, how risky, until when: as far as it says. */
function Facts({ row }: { row: NotificationRow }) {
  const facts = [
    row.agent,
    row.risk && `${row.risk} ${row.kind === "incident.opened" ? "severity" : "risk"}`,
    row.deadline && (
      <>
        until <Time value={row.deadline} format="minute" />
      </>
    ),
  ].filter((fact) => fact !== null && fact !== "");
  if (facts.length === 0) return null;
  return (
    <p className="flex flex-wrap gap-x-1 text-xs text-muted">
      {facts.map((fact, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- they never change their order
        <span key={index}>
          {fact}
          {index < facts.length - 1 && <span aria-hidden> ·</span>}
        </span>
      ))}
    </p>
  );
}
