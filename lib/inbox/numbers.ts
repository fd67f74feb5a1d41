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
 * {@link inboxNumbers}, counted once for tabs of one person that ask together: a count serves everybody who asks about something that
 * happened before it began. `since`: when that was, in milliseconds of `performance.now()`.
 */
export function sharedNumbers(count: (viewer: Viewer) => Promise<InboxNumbers> = inboxNumbers) {
  const counting = new Map<string, { begun: number; numbers: Promise<InboxNumbers> }>();
  return (viewer: Viewer, since: number): Promise<InboxNumbers> => {
    const { id } = viewer.person;
    const known = counting.get(id);
    if (known && known.begun > since) return known.numbers;
    const asked = { begun: performance.now(), numbers: count(viewer) };
    counting.set(id, asked);
    // Nothing is kept that nobody may ask for again.
    setTimeout(() => counting.get(id) === asked && counting.delete(id), KEPT_MS).unref();
    return asked.numbers;
  };
}

/** Longer than a tab waits before it asks. */
const KEPT_MS = 5_000;
