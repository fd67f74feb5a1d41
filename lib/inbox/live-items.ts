import type { Access } from "@/lib/auth/access";
import type { FeedChange, InboxFeed } from "@/lib/inbox/feed";
import { itemKey, type Item, type ItemKey } from "@/lib/inbox/item";
import { itemFor } from "@/lib/inbox/item-for";
import type { Clock } from "@/lib/kernel/clock";
import type { LiveChannel } from "@/lib/live/stream";

/** What one inbox is told: lines as they are now, and keys of what does not wait any more, or is out of sight. */
export interface ItemChanges {
  items: Item[];
  gone: ItemKey[];
}

/** The numbers around the list: items behind each view, unread notifications. */
export interface InboxNumbers {
  views: Record<string, number | null>;
  unread: number;
}

interface LiveItemsOptions {
  feed: InboxFeed;
  clock: Clock;
  /** The person's numbers as they are after `since` (of `performance.now()`); asked at most once in `numbersEveryMs` while things change. */
  numbers: (access: Access, since: number) => Promise<InboxNumbers>;
  numbersEveryMs?: number;
}

export interface LiveItems {
  drained(): void;
  stop(): void;
  /** The person's numbers may have changed by something else. */
  recount(): void;
}

/** Numbers follow the lines, not before them. */
const AFTER_MS = 150;

/**
 * One person's inbox on their live stream: `items` with what changed, `everything` where that is not known (the reader was slow, the
 * connection was lost), and `numbers`, which rest a moment so that a busy minute costs a few counts and not one for each change.
 */
export function liveItems(
  channel: LiveChannel,
  { feed, clock, numbers, numbersEveryMs = 2_000 }: LiveItemsOptions,
): LiveItems {
  let behind = false;
  let timer: NodeJS.Timeout | null = null;
  let countedAt = Number.NEGATIVE_INFINITY;
  let changedAt = Number.NEGATIVE_INFINITY;

  const catchUp = () => {
    if (behind && channel.emit("everything", {})) behind = false;
  };
  const count = async () => {
    timer = null;
    countedAt = performance.now();
    // Those that cannot be told now are told with the next change.
    const now = await numbers(channel.access(), changedAt).catch(() => null);
    if (now) channel.emit("numbers", now);
  };
  const recount = () => {
    changedAt = performance.now();
    timer ??= setTimeout(() => void count(), Math.max(AFTER_MS, countedAt + numbersEveryMs - performance.now()));
  };
  const hear = (change: FeedChange) => {
    recount();
    if (change === "everything") behind = true;
    catchUp();
    if (behind || change === "everything") return;
    if (!channel.emit("items", changesFor(change, channel.access(), clock.now()))) behind = true;
  };

  const unsubscribe = feed.subscribe(hear);
  // What a tab shows may be older than its stream: it was hidden, or the connection was lost.
  recount();
  return {
    drained: catchUp,
    recount,
    stop: () => {
      unsubscribe();
      if (timer) clearTimeout(timer);
    },
  };
}

function changesFor(rows: Exclude<FeedChange, "everything">, access: Access, now: Date): ItemChanges {
  const changes: ItemChanges = { items: [], gone: [] };
  for (const row of rows) {
    const item = itemFor(row, access, now);
    if (item) changes.items.push(item);
    // That something foreign exists is not told (invariant I12).
    else if (row.agent !== null ? access.can("approval.read", row.agent.id) : access.canAnywhere("catalogue.read")) {
      changes.gone.push(itemKey(row.kind, row.id));
    }
  }
  return changes;
}
