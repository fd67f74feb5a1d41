import { MessageSquare, Webhook } from "lucide-react";
import Link from "next/link";
import { formatCount, formatPlural } from "@/components/ui/format/number";
import { Time } from "@/components/ui/time";
import type { WebhookRow } from "@/lib/notify/views";
import { WebhookState } from "./webhook-state";

/** The organisation's webhooks, each leading to its delivery log. */
export function WebhookList({ webhooks }: { webhooks: readonly WebhookRow[] }) {
  return (
    <ul aria-label="Webhooks" className="divide-y divide-line">
      {webhooks.map((webhook) => {
        const Icon = webhook.kind === "chat" ? MessageSquare : Webhook;
        return (
          <li
            key={webhook.id}
            className="relative flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3 transition-colors hover:bg-surface-2"
          >
            <Icon aria-hidden className="size-4 shrink-0 text-muted" />
            <div className="min-w-0 flex-1 basis-56">
              <Link
                href={`/settings/webhooks/${webhook.id}`}
                className="text-sm font-medium after:absolute after:inset-0"
              >
                {webhook.name}
              </Link>
              <p className="truncate text-xs text-muted">
                <span className="font-mono">{webhook.shownUrl}</span> · {webhook.node} ·{" "}
                {webhook.events.length === 0
                  ? "all events"
                  : formatPlural(webhook.events.length, "kind of event", "kinds of events")}
              </p>
            </div>
            <p className="text-xs tabular-nums text-muted max-sm:basis-full">
              {formatCount(webhook.sent)} sent, {formatCount(webhook.dead)} given up in 7 days
              {webhook.waiting > 0 && `, ${formatCount(webhook.waiting)} waiting`}
              {webhook.lastAt !== null && (
                <>
                  {" · last "}
                  <Time value={webhook.lastAt} />
                </>
              )}
            </p>
            <WebhookState paused={webhook.paused} failures={webhook.failures} />
          </li>
        );
      })}
    </ul>
  );
}
