import { services, webLog } from "@/lib/auth/services";
import { createInboxFeed, type InboxFeed } from "@/lib/inbox/feed";
import { sharedNumbers } from "@/lib/inbox/numbers";
import { webListen } from "@/lib/live/web";

/** Outlives a reload of the module in development. */
const kept = globalThis as { remitInboxFeed?: InboxFeed; remitInboxNumbers?: ReturnType<typeof sharedNumbers> };

/** The web process's one feed of what changes in inboxes. */
export function webFeed(): InboxFeed {
  const { db, clock } = services();
  kept.remitInboxFeed ??= createInboxFeed({
    db,
    clock,
    // Before the live pages: they only look again, while an inbox shows what it is told.
    listen: (listener) => webListen().subscribe(listener, "first"),
    onError: (error) => webLog().warn({ err: error }, "inbox: what changed could not be read"),
  });
  return kept.remitInboxFeed;
}

export function webNumbers(): ReturnType<typeof sharedNumbers> {
  kept.remitInboxNumbers ??= sharedNumbers();
  return kept.remitInboxNumbers;
}
