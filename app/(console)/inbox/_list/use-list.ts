"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { debounced, type Debounced } from "@/components/live/debounce";
import type { InboxFilter } from "@/lib/inbox/filter";
import type { Item, Place } from "@/lib/inbox/item";
import type { ItemChanges } from "@/lib/inbox/live-items";
import { pageSearch } from "@/lib/inbox/page-schema";
import {
  atTime,
  emptyState,
  type ListState,
  mustAsk,
  type Page,
  withChanges,
  withFirst,
  withHeard,
  withMore,
} from "./list-state";

/** How often what is overdue leaves by itself. */
const CLOCK_MS = 1_000;
/** What was scrolled through before is read again so far and no further. */
const PAGES_AGAIN = 5;
/** What may fit a search is asked for once changes rest, so that a busy minute costs a few looks. */
const SEARCH_REST_MS = 200;
const SEARCH_LONGEST_MS = 1_000;

interface Listed {
  state: ListState;
  update: (change: (state: ListState) => ListState) => void;
  loadMore: () => void;
  /** Everything that is loaded, as it is now. */
  reload: () => void;
  changed: (changes: ItemChanges) => void;
}

export interface First {
  filter: InboxFilter | null;
  page: Page;
  /** The item that the address names, where it waits. */
  open: Item | null;
}

/** The list of what a filter shows: from the server's first page on, then page by page, kept up to date by what is heard. */
export function useList(filter: InboxFilter | null, first: First): Listed {
  const wanted = JSON.stringify(filter);
  const [state, setState] = useState<ListState>(() => started(first));
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  });
  const asked = useRef(JSON.stringify(first.filter));
  const turn = useRef(0);
  /** A list for each page that is on its way: what is heard meanwhile. */
  const listening = useRef(new Set<ItemChanges[]>());

  const update = useCallback((change: (state: ListState) => ListState) => setState(change), []);

  const read = useCallback(async (of: string, pages: number) => {
    turn.current += 1;
    const mine = turn.current;
    const { page, heard } = await hearing(listening.current, fetchPages(of, pages));
    if (turn.current !== mine) return;
    setState((now) =>
      page === null ? { ...now, loading: "failed" } : withHeard(withFirst(now, page), heard, Date.now()),
    );
  }, []);

  useEffect(() => {
    if (asked.current === wanted) return;
    asked.current = wanted;
    const next: InboxFilter | null = JSON.parse(wanted);
    setState((now) => ({ ...emptyState(next ?? now.filter), left: now.left, loading: next === null ? "no" : "first" }));
    if (next !== null) void read(wanted, 1);
  }, [wanted, read]);

  const reload = useCallback(() => {
    if (asked.current === "null") return;
    const { items, loading } = latest.current;
    const pages = Math.min(PAGES_AGAIN, Math.max(1, Math.ceil(items.length / 200)));
    if (loading !== "first") void read(asked.current, pages);
  }, [read]);

  const loadMore = useCallback(() => {
    const { next, loading } = latest.current;
    if (next === null || loading === "more" || loading === "first") return;
    const mine = turn.current;
    latest.current = { ...latest.current, loading: "more" };
    setState((now) => ({ ...now, loading: "more" }));
    const readOn = async () => {
      const { page, heard } = await hearing(listening.current, fetchPage(asked.current, next));
      if (turn.current !== mine) return;
      setState((now) =>
        page === null ? { ...now, loading: "failed" } : withHeard(withMore(now, page), heard, Date.now()),
      );
    };
    void readOn();
  }, []);

  const soon = useRef<Debounced | null>(null);
  useEffect(() => {
    const bundled = debounced(reload, SEARCH_REST_MS, SEARCH_LONGEST_MS);
    soon.current = bundled;
    return bundled.cancel;
  }, [reload]);
  const changed = useCallback((changes: ItemChanges) => {
    const now = Date.now();
    if (mustAsk(latest.current, changes.items, now)) soon.current?.call();
    for (const heard of listening.current) heard.push(changes);
    setState((old) => withChanges(old, changes, now));
  }, []);

  useEffect(() => {
    const timer = setInterval(() => setState((now) => atTime(now, Date.now())), CLOCK_MS);
    return () => clearInterval(timer);
  }, []);

  return { state, update, loadMore, reload, changed };
}

function started({ filter, page, open }: First): ListState {
  const empty = emptyState(filter ?? NOTHING);
  const state = withFirst(empty, page);
  return open === null ? state : { ...state, current: open };
}

const NOTHING: InboxFilter = {
  mine: false,
  snoozed: false,
  dueSoon: false,
  kind: [],
  risk: [],
  agent: [],
  action: [],
  system: [],
  assignee: [],
  search: "",
};

/** A page, with what is heard while it is on its way. */
async function hearing(
  listening: Set<ItemChanges[]>,
  reading: Promise<Page | null>,
): Promise<{ page: Page | null; heard: readonly ItemChanges[] }> {
  const heard: ItemChanges[] = [];
  listening.add(heard);
  const page = await reading;
  listening.delete(heard);
  return { page, heard };
}

/** The first pages as one, or null when they could not be read. */
async function fetchPages(filter: string, pages: number): Promise<Page | null> {
  const items: Item[] = [];
  let after: Place | null = null;
  for (let read = 0; read < pages; read += 1) {
    const page: Page | null = await fetchPage(filter, after);
    if (page === null) return null;
    items.push(...page.items);
    after = page.next;
    if (after === null) break;
  }
  return { items, next: after };
}

async function fetchPage(filter: string, after: Place | null): Promise<Page | null> {
  try {
    const parsed: InboxFilter = JSON.parse(filter);
    const response = await fetch(`/inbox/items?${pageSearch(parsed, after)}`, { cache: "no-store" });
    if (!response.ok) return null;
    const page: Page = await response.json();
    return page;
  } catch {
    return null;
  }
}
