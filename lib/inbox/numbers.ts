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

/** How long one count serves all tabs of a person. */
const SHARED_MS = 500;

/** {@link inboxNumbers}, counted once for tabs of one person that ask together. */
export function sharedNumbers(count: (viewer: Viewer) => Promise<InboxNumbers> = inboxNumbers) {
  const counting = new Map<string, Promise<InboxNumbers>>();
  return (viewer: Viewer): Promise<InboxNumbers> => {
    const { id } = viewer.person;
    const known = counting.get(id);
    if (known) return known;
    const asked = count(viewer).finally(() => setTimeout(() => counting.delete(id), SHARED_MS).unref());
    counting.set(id, asked);
    return asked;
  };
}
