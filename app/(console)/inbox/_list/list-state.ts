import { matches, type InboxFilter } from "@/lib/inbox/filter";
import { compareItems, type Item, type Place } from "@/lib/inbox/item";

/** The list as it stands in the browser: what was loaded of it, in order, and what the person does with it. */
export interface ListState {
  filter: InboxFilter;
  /** Loaded from the beginning on without a gap, in the inbox's order. */
  items: readonly Item[];
  /** Where the next page begins; null when all is loaded. */
  next: Place | null;
  loading: "no" | "first" | "more" | "failed";
  /** The item whose evidence is open. It may have left the list meanwhile: its place still tells what comes next. */
  current: Item | null;
  picked: ReadonlySet<string>;
  /** Where a range of picks begins. */
  anchor: string | null;
  /** Decided here: out of sight, and back at once when it is undone or refused. */
  left: ReadonlyMap<string, Left>;
}

interface Left {
  item: Item;
  /** From when on what the server counts knows of it, in milliseconds of this browser's clock; {@link ON_ITS_WAY}: it cannot yet. */
  at: number;
  /** The server said that it waits no more: should it say otherwise later, then that is news. */
  told: boolean;
}

/** A decision that the server has not answered yet, however many wait before it. */
export const ON_ITS_WAY = Number.POSITIVE_INFINITY;

const NOTHING: ReadonlySet<string> = new Set();

export const emptyState = (filter: InboxFilter): ListState => ({
  filter,
  items: [],
  next: null,
  loading: "first",
  current: null,
  picked: NOTHING,
  anchor: null,
  left: new Map(),
});

export interface Page {
  items: readonly Item[];
  next: Place | null;
}

/** The first page, in place of what was there. Picks and the open item stay where they are still shown. */
export function withFirst(state: ListState, page: Page): ListState {
  const items = page.items.filter((item) => !isLeft(state.left, item.key));
  const shown = new Set<string>(items.map((item) => item.key));
  return {
    ...state,
    items,
    next: page.next,
    loading: "no",
    current: items.find((item) => item.key === state.current?.key) ?? state.current ?? items[0] ?? null,
    picked: new Set([...state.picked].filter((key) => shown.has(key))),
  };
}

export function withMore(state: ListState, page: Page): ListState {
  const known = new Set<string>(state.items.map((item) => item.key));
  const items = page.items.filter((item) => !known.has(item.key) && !isLeft(state.left, item.key));
  return { ...state, items: [...state.items, ...items].toSorted(compareItems), next: page.next, loading: "no" };
}

interface Changes {
  items: readonly Item[];
  gone: readonly string[];
}

/** What was heard while a page was on its way is said once more on top of it: the page may have been read before. */
export const withHeard = (state: ListState, heard: readonly Changes[], now: number): ListState =>
  heard.reduce((later, changes) => withChanges(later, changes, now), state);

/** What the server says of items as they are now, and of some that wait no more. */
export function withChanges(state: ListState, changes: Changes, now: number): ListState {
  const left = new Map(state.left);
  const changed = new Map(changes.items.map((item) => [item.key as string, item]));
  const gone = new Set<string>(changes.gone);
  // What was decided here waits for others, or for nobody; what still waits for this person was told from before.
  for (const { key, mine, snoozedUntil } of changes.items)
    if (!mine || snoozedUntil !== null || left.get(key)?.told === true) left.delete(key);
  for (const [key, one] of left) if (gone.has(key)) left.set(key, { ...one, at: Math.min(one.at, now), told: true });
  const kept = state.items.filter((item) => !gone.has(item.key) && !changed.has(item.key));
  const fitting = changes.items.filter(
    (item) => !left.has(item.key) && belongs(state, item, now) && isWithin(state, item),
  );
  const items = fitting.length === 0 ? kept : [...kept, ...fitting].toSorted(compareItems);
  const current = state.current && (changed.get(state.current.key) ?? state.current);
  return { ...state, items, left, current: current ?? items[0] ?? null, picked: without(state.picked, gone) };
}

/** A search looks at more than a line holds: what is in the list stays, what is not has to be asked for. */
function belongs(state: ListState, item: Item, now: number): boolean {
  const fits = matches(item, state.filter, now);
  return fits === "unknown" ? state.items.some((one) => one.key === item.key) : fits;
}

/** Whether a change brings an item that only the store can tell to be one of these. */
export const mustAsk = (state: ListState, items: readonly Item[], now: number): boolean =>
  items.some(
    (item) => matches(item, state.filter, now) === "unknown" && !state.items.some((one) => one.key === item.key),
  );

/** What stands beyond the last loaded place comes with its page. */
const isWithin = (state: ListState, item: Item): boolean => state.next === null || compareItems(item, state.next) <= 0;

/** What waits no more without anybody doing anything: its deadline passed, or it is due and was not before. */
export function atTime(state: ListState, now: number): ListState {
  const items = state.items.filter((item) => matches(item, state.filter, now) !== false);
  return items.length === state.items.length ? state : { ...state, items };
}

/** The person has decided: it leaves, and what stood after it is open, before the server has answered ({@link ON_ITS_WAY}) or at the time `at`. */
export function withLeft(state: ListState, keys: readonly string[], at: number): ListState {
  const leaving = state.items.filter((item) => keys.includes(item.key));
  const told = toldBefore(state, keys);
  if (leaving.length === 0 && told === null) return state;
  const left = new Map(state.left);
  for (const item of leaving) left.set(item.key, { item, at, told: false });
  // The count that comes with what was told knows of it.
  if (told !== null) left.set(told.key, { item: told, at: Number.NEGATIVE_INFINITY, told: true });
  const items = state.items.filter((item) => !left.has(item.key));
  const current =
    state.current && left.has(state.current.key) ? nextTo({ ...state, items }, state.current) : state.current;
  return { ...state, items, left, current, picked: without(state.picked, new Set(keys)) };
}

/** The server has answered the decision on these: what it counts from now on knows of them. */
export function withAnswered(state: ListState, keys: readonly string[], now: number): ListState {
  const answered = keys.flatMap((key) => {
    const one = state.left.get(key);
    return one !== undefined && one.at > now ? [[key, { ...one, at: now }] as const] : [];
  });
  return answered.length === 0 ? state : { ...state, left: new Map([...state.left, ...answered]) };
}

/** The open item, where the server told everybody that it waits no more before it answered who decided it: one moves on all the same. */
function toldBefore({ items, current, left }: ListState, keys: readonly string[]): Item | null {
  if (current === null || !keys.includes(current.key) || left.has(current.key)) return null;
  return items.some((item) => item.key === current.key) ? null : current;
}

const isLeft = (left: ReadonlyMap<string, Left>, key: string): boolean => left.get(key)?.told === false;

/**
 * It was undone or refused: back in its place, and open, unless the person is in the midst of something else. The server may have told
 * everybody before: then it is back already.
 */
export function withReturned(state: ListState, key: string, busy = false): ListState {
  const item = state.left.get(key)?.item;
  if (item === undefined) return busy ? state : opened(state, key);
  const left = new Map(state.left);
  left.delete(key);
  const items = [...state.items.filter((one) => one.key !== key), item].toSorted(compareItems);
  return { ...state, items, left, current: busy ? (state.current ?? item) : item };
}

/** How many of the person's own a count that came at this moment does not know to be decided. */
export const leftSince = (state: ListState, since: number): number =>
  [...state.left.values()].filter((one) => one.at > since && one.item.mine).length;

/** The item in whose place one is that has left: what comes after it, at the end what came before. */
function nextTo(state: ListState, gone: Item): Item | null {
  const at = placeIn(state.items, gone);
  return state.items[at] ?? state.items[at - 1] ?? null;
}

/** Where an item stands, or would stand. */
export function placeIn(items: readonly Item[], item: Item): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const there = items[middle];
    if (there && compareItems(there, item) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The open item moves by so many lines, and stops at the ends. */
export function moved(state: ListState, by: number): ListState {
  const { items, current } = state;
  if (items.length === 0) return state;
  if (current === null) return { ...state, current: items[0] ?? null };
  const at = placeIn(items, current);
  const here = items[at]?.key === current.key;
  // One that has left stands between two: down is the one in its place.
  const to = here ? at + by : by > 0 ? at + by - 1 : at + by;
  return { ...state, current: items[Math.min(items.length - 1, Math.max(0, to))] ?? current };
}

export function opened(state: ListState, key: string): ListState {
  const item = state.items.find((one) => one.key === key);
  return item === undefined ? state : { ...state, current: item };
}

/** Picks an item, or takes its pick back. */
export function toggled(state: ListState, key: string): ListState {
  const picked = new Set(state.picked);
  if (!picked.delete(key)) picked.add(key);
  return { ...state, picked, anchor: key };
}

/** Picks everything from where the last pick was to this item. */
export function pickedTo(state: ListState, key: string): ListState {
  const from = state.items.findIndex((item) => item.key === (state.anchor ?? key));
  const to = state.items.findIndex((item) => item.key === key);
  if (to === -1) return state;
  const [first, last] = from === -1 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
  const range = state.items.slice(first, last + 1).map((item) => item.key);
  return { ...state, picked: new Set([...state.picked, ...range]), anchor: state.anchor ?? key };
}

export const pickedNone = (state: ListState): ListState => ({ ...state, picked: NOTHING, anchor: null });

function without(keys: ReadonlySet<string>, gone: ReadonlySet<string>): ReadonlySet<string> {
  return [...keys].some((key) => gone.has(key)) ? new Set([...keys].filter((key) => !gone.has(key))) : keys;
}
