import type { Db } from "@/lib/db/client";
import { awokenSince, changedLately, heardIn, type Heard } from "@/lib/inbox/changed";
import type { ItemKind } from "@/lib/inbox/item";
import { readRows, type Wanted } from "@/lib/inbox/read-rows";
import type { WaitingRow } from "@/lib/inbox/waiting-row";
import type { Clock } from "@/lib/kernel/clock";
import type { Listener } from "@/lib/live/listen";

/** Rows that changed, or "everything": nobody knows what did. */
export type FeedChange = readonly WaitingRow[] | "everything";

export interface InboxFeed {
  /** Hears what changes from now on; the answer ends it. */
  subscribe(listener: (change: FeedChange) => void): () => void;
}

interface FeedOptions {
  db: Db;
  clock: Clock;
  /** The process's notifications. */
  listen: (listener: Listener) => () => void;
  /** How often to look for what comes back without a change: what was put aside until now. */
  tickMs?: number;
  onError?: (cause: unknown) => void;
}

/** More rows than this are remembered as told only until the next sweep. */
const REMEMBERED = 5_000;

/**
 * What changes in the inboxes of everybody, read once for the whole process however many look: one small read for a burst of
 * notifications, of the items that they name. Each subscriber makes their person's lines of it (`itemFor`), which costs no query.
 */
export function createInboxFeed({ db, clock, listen, tickMs = 1_000, onError }: FeedOptions): InboxFeed {
  const listeners = new Set<(change: FeedChange) => void>();
  let told = new Map<string, string>();
  let waiting: string[] = [];
  let reading = false;
  let stop: (() => void) | null = null;
  let lookedAt = clock.now();

  const tell = (change: FeedChange) => {
    for (const listener of listeners) listener(change);
  };
  /** What is the same as it was last told is left out: many notifications are about something else. */
  const tellRows = (rows: readonly WaitingRow[]) => {
    if (told.size > REMEMBERED) told = new Map();
    const changed = rows.filter((row) => {
      const [key, text] = [`${row.kind}:${row.id}`, JSON.stringify(row)];
      if (told.get(key) === text) return false;
      told.set(key, text);
      return true;
    });
    if (changed.length > 0) tell(changed);
  };
  const work = async (heard: Heard) => {
    if (heard.everything) {
      told = new Map();
      tell("everything");
    }
    const lately = heard.unnamed.size > 0 ? await changedLately(db, heard.unnamed, clock.now()) : {};
    tellRows(await readRows(db, together(heard.ids, lately)));
  };
  const read = async () => {
    if (reading) return;
    reading = true;
    while (waiting.length > 0) {
      const topics = waiting;
      waiting = [];
      await work(heardIn(topics)).catch((cause: unknown) => {
        onError?.(cause);
        tell("everything");
      });
    }
    reading = false;
  };
  const tick = async () => {
    const [since, now] = [lookedAt, clock.now()];
    lookedAt = now;
    const ids = await awokenSince(db, since, now);
    // Not compared: the row is what it was, but now it is in sight again.
    if (ids.length > 0) tell(await readRows(db, { approval: ids }));
  };

  const start = () => {
    lookedAt = clock.now();
    told = new Map();
    const unsubscribe = listen((topics) => {
      waiting.push(...topics);
      void read();
    });
    const ticking = setInterval(() => void tick().catch((cause: unknown) => onError?.(cause)), tickMs);
    return () => {
      unsubscribe();
      clearInterval(ticking);
    };
  };

  return {
    subscribe(listener) {
      listeners.add(listener);
      stop ??= start();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = null;
      };
    },
  };
}

function together(named: Heard["ids"], lately: Wanted): Wanted {
  const kinds = new Set([...Object.keys(named), ...Object.keys(lately)] as ItemKind[]);
  return Object.fromEntries([...kinds].map((kind) => [kind, [...(named[kind] ?? []), ...(lately[kind] ?? [])]]));
}
