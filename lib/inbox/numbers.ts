import type { Viewer } from "@/lib/auth/viewer";
import { countViews } from "@/lib/inbox/counts";
import type { InboxNumbers } from "@/lib/inbox/live-items";
import { listViews } from "@/lib/inbox/view-queries";
import { countUnread } from "@/lib/notify/queries";

/** The numbers around the person's inbox. */
export async function inboxNumbers(viewer: Viewer): Promise<InboxNumbers> {
  const [views, unread] = await Promise.all([listViews(viewer), countUnread(viewer)]);
  return { views: await countViews(viewer, views), unread };
}

/**
 * {@link inboxNumbers} for all tabs of the process: a count serves everybody of one person who asks about something that happened before
 * it began, and people are counted one after the other, with a rest as long as the count took. Numbers may be a moment late; what
 * they count comes before them, and takes no notice of twenty counts at once. `since`: when it happened, in milliseconds of
 * `performance.now()`.
 */
export function sharedNumbers(count: (viewer: Viewer) => Promise<InboxNumbers> = inboxNumbers) {
  const counting = new Map<string, Count>();
  let turn: Promise<unknown> = Promise.resolve();
  return (viewer: Viewer, since: number): Promise<InboxNumbers> => {
    const { id } = viewer.person;
    const known = counting.get(id);
    if (known && known.begun > since) return known.numbers;
    // One that waits for its turn will know of everything until then.
    const asked: Count = {
      begun: Number.POSITIVE_INFINITY,
      numbers: turn.then(() => {
        asked.begun = performance.now();
        return count(viewer);
      }),
    };
    counting.set(id, asked);
    const settled = asked.numbers.then(
      () => undefined,
      () => undefined,
    );
    turn = turn
      .then(() => Promise.race([settled, rested(LONGEST_MS)]))
      .then(() => rested(Math.min(LONGEST_MS, performance.now() - asked.begun)));
    // Nothing is kept that nobody may ask for again.
    void settled.then(() => setTimeout(() => counting.get(id) === asked && counting.delete(id), KEPT_MS).unref());
    return asked.numbers;
  };
}

interface Count {
  /** Of `performance.now()`. */
  begun: number;
  numbers: Promise<InboxNumbers>;
}

/** One whose answer does not come holds nobody else up for longer. */
const LONGEST_MS = 1_000;
/** Longer than a tab waits before it asks. */
const KEPT_MS = 5_000;

const rested = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
