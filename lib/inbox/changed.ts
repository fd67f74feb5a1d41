import type { Db } from "@/lib/db/client";
import type { ItemKind } from "@/lib/inbox/item";
import type { Wanted } from "@/lib/inbox/read-rows";
import { isId } from "@/lib/kernel/ids";

const NAMED = /^(approval|review|appeal|promotion|conflict):(.+)$/;

/** Kinds, and what is told about any of them. */
const PLURALS: Readonly<Record<string, ItemKind>> = {
  approvals: "approval",
  reviews: "review",
  appeals: "appeal",
  incidents: "conflict",
  promotions: "promotion",
  catalogue: "action",
};

export interface Heard {
  /** Everything may have changed. */
  everything: boolean;
  ids: { [Kind in ItemKind]?: Set<string> };
  /** Kinds of which something changed that was not named. */
  unnamed: Set<ItemKind>;
}

/** What topics say about items: which ones, or at least of which kinds. */
export function heardIn(topics: readonly string[]): Heard {
  const heard: Heard = { everything: topics.includes("*"), ids: {}, unnamed: new Set() };
  for (const topic of topics) {
    const [, kind, id] = NAMED.exec(topic) ?? [];
    if (kind !== undefined && id !== undefined && isId(id)) (heard.ids[kind as ItemKind] ??= new Set()).add(id);
  }
  for (const topic of topics) {
    const kind = PLURALS[topic];
    if (kind !== undefined && !heard.ids[kind]) heard.unnamed.add(kind);
  }
  return heard;
}

/** Changes are looked for this far back: clocks differ, and the worker may be late. */
const BACK = "10 minutes";
const MOST = 500;

/** The ids of what changed lately of these kinds, newest first, at most 500 of each; where a notification did not name them. */
export async function changedLately(db: Db, kinds: Iterable<ItemKind>, now: Date): Promise<Wanted> {
  const found = [...kinds].map(async (kind) => {
    const rows = await READERS[kind](db, now);
    return [kind, rows.map((row) => row.id)] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}

type Reader = (db: Db, now: Date) => Promise<{ id: string }[]>;

const READERS: Record<ItemKind, Reader> = {
  approval: (db, now) => db.$queryRaw`
    SELECT id FROM approval WHERE state = 'pending' AND requested_at > ${now}::timestamptz - ${BACK}::interval
    ORDER BY id DESC LIMIT ${MOST}`,
  review: (db, now) => db.$queryRaw`
    SELECT id FROM review WHERE state = 'waiting' OR decided_at > ${now}::timestamptz - ${BACK}::interval
    ORDER BY id DESC LIMIT ${MOST}`,
  appeal: (db, now) => db.$queryRaw`
    SELECT id FROM appeal WHERE state = 'pending' OR decided_at > ${now}::timestamptz - ${BACK}::interval
    ORDER BY id DESC LIMIT ${MOST}`,
  conflict: (db, now) => db.$queryRaw`
    SELECT id FROM policy_conflict WHERE resolved_at IS NULL OR resolved_at > ${now}::timestamptz - ${BACK}::interval
    ORDER BY last_at DESC LIMIT ${MOST}`,
  promotion: (db, now) => db.$queryRaw`
    SELECT id FROM promotion WHERE state = 'pending' OR decided_at > ${now}::timestamptz - ${BACK}::interval
    ORDER BY requested_at DESC LIMIT ${MOST}`,
  action: (db, now) => db.$queryRaw`
    SELECT u.action AS id FROM unclassified_action u LEFT JOIN action c ON c.id = u.action
    WHERE (u.dismissed_at IS NULL AND c.id IS NULL) OR greatest(u.dismissed_at, c.created_at) > ${now}::timestamptz - ${BACK}::interval
    ORDER BY u.last_at DESC LIMIT ${MOST}`,
};

/** Approvals that somebody had put aside until now: they are theirs again without any change. */
export async function awokenSince(db: Db, since: Date, now: Date): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT approval_id AS id FROM approval_snooze
    WHERE until > ${since}::timestamptz AND until <= ${now}::timestamptz LIMIT ${MOST}`;
  return rows.map((row) => row.id);
}
