"use client";
import { ArrowLeft, ChevronDown, ChevronUp, MousePointerClick } from "lucide-react";
import { Activity, useLayoutEffect } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/components/ui/format/number";
import type { Item } from "@/lib/inbox/item";
import type { PanelData } from "@/lib/inbox/panel";
import { ItemPanel } from "../_panel/item-panel";
import { placeIn } from "./list-state";
import { useAhead } from "./use-ahead";

interface OpenItemProps {
  items: readonly Item[];
  current: Item | null;
  viewer: { id: string; name: string };
  hotkeys: boolean;
  initial: { key: string; data: PanelData } | null;
  className: string;
  onLeave: (keys: readonly string[], answer?: Promise<unknown>) => void;
  onReturn: (key: string, why?: "refused") => void;
  move: (by: number) => void;
  back: () => void;
}

/** The evidence of the item that is open; that of the next one stands ready, out of sight. */
export function OpenItem(props: OpenItemProps) {
  const { items, current, viewer, initial, hotkeys, className, onLeave, onReturn, move, back } = props;
  const key = current?.key ?? null;
  useLayoutEffect(() => {
    if (key !== null) performance.mark("inbox:shown", { detail: key });
  }, [key]);
  const ahead = useAhead(items, current);
  const shown = key === null ? [] : ahead === null || ahead === key ? [key] : [key, ahead];
  const place = current === null ? 0 : placeIn(items, current) + 1;
  return (
    <div className={cn("flex min-h-0 min-w-0 flex-1 flex-col max-lg:h-[calc(100dvh-3rem)]", className)}>
      <div className="flex items-center gap-1 border-b border-line px-2 py-1.5 lg:hidden">
        <Button variant="ghost" size="sm" onClick={back}>
          <ArrowLeft aria-hidden />
          Inbox
        </Button>
        <span className="flex-1 text-center text-xs text-muted tabular-nums">
          {current !== null &&
            items.length > 0 &&
            `${formatCount(Math.min(place, items.length))} of ${formatCount(items.length)}`}
        </span>
        <Button variant="ghost" size="icon" aria-label="Previous item" onClick={() => move(-1)}>
          <ChevronUp aria-hidden />
        </Button>
        <Button variant="ghost" size="icon" aria-label="Next item" onClick={() => move(1)}>
          <ChevronDown aria-hidden />
        </Button>
      </div>
      {key === null ? (
        <div className="grid flex-1 place-items-center">
          <EmptyState
            icon={MousePointerClick}
            title="Nothing is open"
            description="What you choose in the list is shown here."
          />
        </div>
      ) : (
        shown.map((one) => (
          // What the server read for the first item must never stand for another.
          <Activity key={one} mode={one === key ? "visible" : "hidden"}>
            <ItemPanel
              itemKey={one}
              viewer={viewer}
              hotkeys={hotkeys}
              {...(initial?.key === one ? { initial: initial.data } : {})}
              onLeave={(left, _what, answer) => onLeave([left], answer)}
              onReturn={onReturn}
            />
          </Activity>
        ))
      )}
    </div>
  );
}
