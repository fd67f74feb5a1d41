import { isId } from "@/lib/kernel/ids";

/** Order of entries of the same millisecond: the decision, what a person said to it, whom it was delegated to, what was done, what a reviewer said to that. */
export const RANK = { decision: 1, approval: 2, delegation: 3, event: 4, review: 5 } as const;
export type EntryType = keyof typeof RANK;

const TYPES = { 1: "decision", 2: "approval", 3: "delegation", 4: "event", 5: "review" } as const;

/** A place in a run's timeline: unique and totally ordered. */
export interface Place {
  atMs: number;
  type: EntryType;
  id: string;
}

/** The years 1 to 9999: what an ISO time of four digits and PostgreSQL both can say. */
const FIRST_MS = -62_135_596_800_000;
const LAST_MS = 253_402_300_799_999;
const LONGEST_ID = 256;

export const encodePlace = ({ atMs, type, id }: Place): string => `${atMs}.${RANK[type]}.${id}`;

/** Null for anything that encodePlace did not make. */
export function decodePlace(text: string): Place | null {
  const [, at, rank, id] = /^(-?\d{1,15})\.([1-5])\.([^\0]+)$/s.exec(text) ?? [];
  if (at === undefined || rank === undefined || id === undefined || Number(at) < FIRST_MS || Number(at) > LAST_MS)
    return null;
  const type = TYPES[Number(rank) as keyof typeof TYPES];
  return validId(type, id) ? { atMs: Number(at), type, id } : null;
}

/** What a link names: `decision:<id>` … */
export const entryKey = (type: EntryType, id: string): string => `${type}:${id}`;

export function parseEntryKey(text: string): { type: EntryType; id: string } | null {
  const [, name, id] = /^(decision|approval|delegation|event|review):([^\0]+)$/s.exec(text) ?? [];
  if (name === undefined || id === undefined) return null;
  const type = name as EntryType;
  return validId(type, id) ? { type, id } : null;
}

const validId = (type: EntryType, id: string): boolean => (type === "event" ? id.length <= LONGEST_ID : isId(id));

/** Where an entry stands. Delegations are placed by the run that they started. */
export function placeOfEntry(entry: { key: string; at: string; type: EntryType }): Place {
  return { atMs: Date.parse(entry.at), type: entry.type, id: entry.key.slice(entry.type.length + 1) };
}

/** The order of a timeline, as the queries have it: by time, then kind, then id by code points. */
export function compareEntries(
  a: { key: string; at: string; type: EntryType },
  b: { key: string; at: string; type: EntryType },
): number {
  const [left, right] = [placeOfEntry(a), placeOfEntry(b)];
  return left.atMs - right.atMs || RANK[left.type] - RANK[right.type] || byCodePoints(left.id, right.id);
}

function byCodePoints(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
