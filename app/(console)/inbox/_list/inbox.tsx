"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { reaching } from "@/components/form/unreachable";
import { useQuiet } from "@/components/live/live";
import { useOwnNumbers } from "@/components/shell/own-numbers";
import { useAnnounce } from "@/components/ui/announcer";
import { cn } from "@/components/ui/cn";
import { toast } from "@/components/ui/toast";
import { DEFAULT_VIEW, type InboxFilter, type View } from "@/lib/inbox/filter";
import type { InboxNumbers } from "@/lib/inbox/live-items";
import type { PanelData } from "@/lib/inbox/panel";
import { deleteInboxView } from "../view-actions";
import { forgetPanel } from "../_panel/panel-store";
import { BulkBar } from "./bulk-bar";
import { FilterRow } from "./filter-row";
import { InboxEmpty } from "./inbox-empty";
import { InboxHeader } from "./inbox-header";
import { InboxList, type ListHandle } from "./inbox-list";
import { itemWords } from "./item-words";
import {
  leftSince,
  moved,
  ON_ITS_WAY,
  opened,
  pickedNone,
  pickedTo,
  toggled,
  withAnswered,
  withLeft,
  withReturned,
} from "./list-state";
import { OpenItem } from "./open-item";
import { SaveView } from "./rename-view";
import { useInboxKeys } from "./use-inbox-keys";
import { useInboxLive } from "./use-inbox-live";
import { choicesSet, useInboxQuery, useItemInAddress } from "./use-inbox-query";
import { useIsWide } from "./use-is-wide";
import { type First, useList } from "./use-list";
import { usePrefetch } from "./use-prefetch";
import { useTitleCount } from "./use-title-count";

interface InboxProps {
  views: readonly View[];
  first: First;
  /** The evidence of the item that is open first. */
  panel: { key: string; data: PanelData } | null;
  numbers: Pick<InboxNumbers, "views">;
  viewer: { id: string; name: string };
  /** The address names an item: a phone opens it at once. */
  named: boolean;
  measures: boolean;
}

/** What waits, on the left, and the evidence of one on the right; on a phone one after the other. */
export function Inbox({ views, first, panel, numbers: counted, viewer, named, measures }: InboxProps) {
  const asked = useInboxQuery(views);
  const { state, update, loadMore, reload, changed } = useList(asked.filter, first);
  const { items, current, picked } = state;
  const [numbers, setNumbers] = useState<{ views: InboxNumbers["views"]; unread: number | undefined; at: number }>({
    views: counted.views,
    unread: undefined,
    at: 0,
  });
  const [reading, setReading] = useState(named);
  const [filtering, setFiltering] = useState(false);
  const [saving, setSaving] = useState<InboxFilter | null>(null);
  const list = useRef<ListHandle>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const isWide = useIsWide();
  const announce = useAnnounce();

  useQuiet(["approvals", "reviews", "appeals", "promotions", "catalogue", `inbox:${viewer.id}`]);
  useInboxLive({
    onItems: (changes) => {
      for (const { key } of changes.items) forgetPanel(key);
      changed(changes);
    },
    onNumbers: (now) => setNumbers({ ...now, at: Date.now() }),
    onEverything: reload,
  });
  const mine = Math.max(0, (numbers.views[DEFAULT_VIEW.id] ?? 0) - leftSince(state, numbers.at));
  useOwnNumbers({ inbox: mine, unread: numbers.unread });
  useTitleCount(mine);
  useItemInAddress(current?.key ?? null);
  usePrefetch(items, current);

  useEffect(() => {
    performance.mark("inbox:ready");
    // One comes here to work through the list: its keys are there at once.
    if (document.activeElement === document.body) list.current?.focus();
  }, []);
  const leaving = useRef(false);
  const openKey = useRef(current?.key);
  useEffect(() => {
    // Said once the list stands, since what speaks is another component.
    if (leaving.current && openKey.current !== current?.key)
      announce(current ? `Next: ${itemWords(current, Date.now())}` : "Nothing else waits here.");
    leaving.current = false;
    openKey.current = current?.key;
  });
  const leave = useCallback(
    (keys: readonly string[], answer?: Promise<unknown>) => {
      performance.mark("inbox:left");
      leaving.current = true;
      update((now) => withLeft(now, keys, answer === undefined ? Date.now() : ON_ITS_WAY));
      const answered = () => update((now) => withAnswered(now, keys, Date.now()));
      answer?.then(answered, answered);
      // The button that was pressed goes with its item: the keys stay with the list.
      list.current?.focus();
    },
    [update],
  );
  const comeBack = useCallback(
    (key: string, why?: "refused") => {
      // A reason that is half written for another one is not taken away; nor is what the next press is meant for, by an answer that comes when it comes.
      const busy = why === "refused" || document.querySelector('[role="dialog"]') !== null;
      update((now) => withReturned(now, key, busy));
    },
    [update],
  );
  const open = useCallback(
    (key: string) => {
      update((now) => opened(now, key));
      setReading(true);
    },
    [update],
  );
  const pick = useCallback(
    (key: string, range: boolean) => update((now) => (range ? pickedTo(now, key) : toggled(now, key))),
    [update],
  );
  const clear = useCallback(() => update(pickedNone), [update]);
  const move = useCallback(
    (by: number) => {
      update((now) => moved(now, by));
      // What had the focus in the evidence goes with its item; the list tells which one is open now.
      list.current?.focus();
    },
    [update],
  );

  useInboxKeys({
    views,
    current: current?.key ?? null,
    picked: picked.size,
    reading: reading && !isWide,
    move,
    pick,
    clear,
    chooseView: asked.chooseView,
    openPanel: () => {
      setReading(true);
      requestAnimationFrame(() => document.querySelector<HTMLElement>("[data-panel-scroll]")?.focus());
    },
    closePanel: () => {
      setReading(false);
      list.current?.focus();
    },
    search: () => searchBox.current?.focus(),
    filter: () => setFiltering((now) => !now),
  });

  const remove = (view: View) => {
    asked.chooseView(DEFAULT_VIEW.id);
    void reaching(() => deleteInboxView({ viewId: view.id })).then((result) =>
      result.ok ? toast.done(`Deleted the view “${view.name}”`) : toast.error(result.error.message),
    );
  };
  const chosen = items.filter((item) => picked.has(item.key));
  const isFiltering = filtering || choicesSet(asked.query) > 0;
  return (
    <div className="flex flex-col max-lg:min-h-[calc(100dvh-3rem)] lg:h-full">
      <div className={cn(reading && "max-lg:hidden")}>
        <InboxHeader
          views={views}
          view={asked.view}
          measures={measures}
          counts={{ ...numbers.views, [DEFAULT_VIEW.id]: mine }}
          query={asked.query.q}
          search={asked.search}
          searchBox={searchBox}
          chooseView={asked.chooseView}
          removeView={remove}
          filtering={isFiltering}
          toggleFilter={() => setFiltering(!isFiltering)}
        />
        {isFiltering && (
          <FilterRow
            query={asked.query}
            view={asked.view.filter}
            narrowed={asked.narrowed}
            choose={asked.choose}
            clear={() => {
              asked.clear();
              setFiltering(false);
            }}
            save={() => setSaving(asked.filter)}
          />
        )}
      </div>
      <div className="flex min-h-0 flex-1 border-t border-line lg:grid lg:grid-cols-[minmax(20rem,26rem)_minmax(0,1fr)] xl:grid-cols-[minmax(22rem,29rem)_minmax(0,1fr)]">
        <div
          className={cn(
            "flex min-h-0 min-w-0 flex-1 flex-col border-line lg:border-r",
            "max-lg:h-[calc(100dvh-12rem)] max-lg:flex-none max-lg:basis-full",
            reading && "max-lg:hidden",
          )}
        >
          {items.length === 0 && state.loading !== "first" ? (
            <InboxEmpty
              view={asked.view}
              narrowed={asked.narrowed}
              failed={state.loading === "failed"}
              waiting={numbers.views.all ?? 0}
              clear={asked.clear}
              retry={reload}
              showAll={() => asked.chooseView("all")}
            />
          ) : (
            <InboxList
              ref={list}
              label={`${asked.view.name}: items`}
              items={items}
              more={state.next !== null || state.loading === "first"}
              failed={state.loading === "failed"}
              current={current}
              picked={picked}
              open={open}
              pick={pick}
              move={move}
              loadMore={loadMore}
            />
          )}
          {chosen.length > 0 && <BulkBar picked={chosen} onLeave={leave} onReturn={comeBack} clear={clear} />}
        </div>
        {(isWide || reading) && (
          <OpenItem
            items={items}
            current={current}
            viewer={viewer}
            hotkeys={chosen.length === 0}
            initial={panel}
            className={cn(!reading && "max-lg:hidden")}
            onLeave={leave}
            onReturn={comeBack}
            move={move}
            back={() => {
              setReading(false);
              requestAnimationFrame(() => list.current?.focus());
            }}
          />
        )}
      </div>
      <SaveView filter={saving} close={() => setSaving(null)} saved={asked.chooseView} />
    </div>
  );
}
