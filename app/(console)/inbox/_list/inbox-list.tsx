"use client";
import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { formatCount } from "@/components/ui/format/number";
import type { Item } from "@/lib/inbox/item";
import { InboxRow, ROW_PX } from "./inbox-row";
import { placeIn } from "./list-state";

/** The next page is asked for when so many lines are left. */
const AHEAD = 80;

export interface ListHandle {
  focus: () => void;
}

interface InboxListProps {
  label: string;
  items: readonly Item[];
  /** More can be loaded behind the last line. */
  more: boolean;
  failed: boolean;
  current: Item | null;
  picked: ReadonlySet<string>;
  open: (key: string) => void;
  pick: (key: string, range: boolean) => void;
  move: (by: number) => void;
  loadMore: () => void;
  ref: Ref<ListHandle>;
}

const PAGE_LINES = 10;
/** Lines that the keys of a list move by; letters are the page's hotkeys. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE_LINES,
  PageUp: -PAGE_LINES,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

const optionId = (key: string): string => `item-${key}`;

/** What waits, as one list box: a few lines of however many are in the document. What comes in above does not move what one looks at. */
export function InboxList(props: InboxListProps) {
  const { items, more, failed, current, picked, open, pick, move, loadMore, ref } = props;
  const box = useRef<HTMLDivElement>(null);
  const place = current === null ? -1 : placeIn(items, current);
  const at = items[place]?.key === current?.key ? place : -1;
  // The open line is in the document wherever the list stands: it is what the list names as active, and what comes in above may push it out of sight.
  const lineNumbers = useCallback(
    (range: Range) => {
      const shown = defaultRangeExtractor(range);
      return at < 0 || at >= range.count || shown.includes(at) ? shown : [...shown, at].toSorted((a, b) => a - b);
    },
    [at],
  );
  // oxlint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by a compiler
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 6,
    getItemKey: (line) => items[line]?.key ?? line,
    rangeExtractor: lineNumbers,
  });
  useImperativeHandle(ref, () => ({ focus: () => box.current?.focus({ preventScroll: true }) }), []);

  useKeepInSight(box, virtual, at, current?.key ?? null);
  useKeepPlace(box, virtual, items);

  const lines = virtual.getVirtualItems();
  const last = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    if (more && !failed && last >= items.length - AHEAD) loadMore();
  }, [more, failed, last, items.length, loadMore]);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    move(Number.isFinite(step) ? step : Math.sign(step) * items.length);
  };
  return (
    <div
      ref={box}
      role="listbox"
      tabIndex={0}
      aria-label={props.label}
      aria-multiselectable
      aria-activedescendant={current && lines.some(({ index }) => index === at) ? optionId(current.key) : undefined}
      data-hotkeys
      onKeyDown={onKeyDown}
      className="group/list min-h-0 flex-1 overflow-y-auto overscroll-contain outline-none"
    >
      <div role="presentation" className="relative" style={{ height: virtual.getTotalSize() }}>
        {lines.map(({ index, start }) => {
          const item = items[index];
          return (
            item && (
              <InboxRow
                key={item.key}
                item={item}
                id={optionId(item.key)}
                place={index + 1}
                of={more ? -1 : items.length}
                top={start}
                current={item.key === current?.key}
                picked={picked.has(item.key)}
                open={open}
                pick={pick}
              />
            )
          );
        })}
      </div>
      {more && (
        <div role="presentation" aria-hidden={!failed} className="flex h-16 items-center gap-3 px-4 text-sm text-muted">
          {failed ? (
            <>
              More could not be loaded.
              <Button size="sm" onClick={loadMore}>
                Try again
              </Button>
            </>
          ) : (
            <Skeleton className="h-4 w-48" />
          )}
        </div>
      )}
      {!more && items.length > 20 && (
        <p role="presentation" className="px-4 py-4 text-center text-xs text-muted">
          {formatCount(items.length)} in all
        </p>
      )}
    </div>
  );
}

type Box = { current: HTMLDivElement | null };
type Virtual = ReturnType<typeof useVirtualizer<HTMLDivElement, Element>>;

/**
 * Scrolls the open line into sight when another one is opened, and not when lines come and go around it. By what the list knows of
 * itself: asking the document where it stands would lay the whole page out in the middle of a key press.
 */
function useKeepInSight(box: Box, virtual: Virtual, at: number, key: string | null): void {
  const seen = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (at < 0 || seen.current === key) return;
    seen.current = key;
    const height = virtual.scrollRect?.height ?? 0;
    if (height === 0) {
      virtual.scrollToIndex(at, { align: "auto" });
      return;
    }
    const [top, lowest] = [at * ROW_PX, (at + 1) * ROW_PX - height];
    const shown = virtual.scrollOffset ?? 0;
    if (shown > top) box.current?.scrollTo(0, top);
    else if (shown < lowest) box.current?.scrollTo(0, lowest);
  });
}

/** When lines come in or go above the first that is in sight, what is in sight stays where it is. */
function useKeepPlace(box: Box, virtual: Virtual, items: readonly Item[]): void {
  const before = useRef(items);
  useLayoutEffect(() => {
    const old = before.current;
    before.current = items;
    const shown = virtual.scrollOffset ?? 0;
    if (box.current === null || old === items || shown < ROW_PX / 2) return;
    const first = old[Math.floor(shown / ROW_PX)];
    const was = first === undefined ? -1 : old.indexOf(first);
    const is = first === undefined ? -1 : items.findIndex((item) => item.key === first.key);
    if (was >= 0 && is >= 0 && was !== is) box.current.scrollBy(0, (is - was) * ROW_PX);
  }, [box, virtual, items]);
}
