"use client";
import { AlarmClock, Check } from "lucide-react";
import { memo } from "react";
import { RISK_LEVELS } from "@/components/domain/risk-level-badge";
import { TimeLeft } from "@/components/domain/time-left";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/cn";
import { Time } from "@/components/ui/time";
import { TONES } from "@/components/ui/tone";
import type { Item } from "@/lib/inbox/item";
import { visibleText } from "@/lib/kernel/visible-text";
import { itemWords } from "./item-words";
import { KINDS } from "./kinds";

/** Every line is as high as every other: where one stands needs no measuring. */
export const ROW_PX = 64;

interface InboxRowProps {
  item: Item;
  id: string;
  place: number;
  /** Lines in the list; -1 while not all are loaded. */
  of: number;
  current: boolean;
  picked: boolean;
  /** Pixels from the top of the list. */
  top: number;
  open: (key: string) => void;
  pick: (key: string, range: boolean) => void;
}

/** One line. It is rendered anew only when its own item changes; the time that is left moves by itself. */
export const InboxRow = memo(function InboxRow({
  item,
  id,
  place,
  of,
  current,
  picked,
  top,
  open,
  pick,
}: InboxRowProps) {
  return (
    // The list has the focus and takes the keys: a line is its active descendant.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={picked}
      aria-current={current || undefined}
      aria-posinset={place}
      aria-setsize={of}
      aria-label={itemWords(item, Date.now())}
      data-key={item.key}
      onClick={(event) => (event.shiftKey ? pick(item.key, true) : open(item.key))}
      style={{ transform: `translateY(${top}px)`, height: ROW_PX }}
      className={cn(
        "group absolute inset-x-0 top-0 flex cursor-default gap-2.5 border-b border-line px-3 py-2.5 text-sm outline-none select-none hover:bg-surface-2 sm:px-4",
        picked && "bg-accent-soft/60 hover:bg-accent-soft/60",
        current &&
          "bg-accent-soft hover:bg-accent-soft ring-accent ring-inset group-focus-visible/list:ring-2 before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-accent",
      )}
    >
      <RowContent item={item} picked={picked} pick={pick} />
    </div>
  );
});

/** What a line says: the same wherever it stands, so that lines which only move up are not rendered anew. */
const RowContent = memo(function RowContent({ item, picked, pick }: Pick<InboxRowProps, "item" | "picked" | "pick">) {
  const { icon: Risk, tone, label } = RISK_LEVELS[item.risk];
  const Kind = KINDS[item.kind].icon;
  return (
    <>
      {/* Not a control of its own for assistive technology: the option itself is what is selected, with X. */}
      <span
        aria-hidden
        onClick={(event) => {
          event.stopPropagation();
          pick(item.key, event.shiftKey);
        }}
        className="relative mt-px grid size-4 shrink-0 place-items-center after:absolute after:-inset-2"
      >
        <Risk
          className={cn("size-4 group-hover:invisible", TONES[tone].text, picked && "invisible")}
          aria-label={label}
        />
        <span
          className={cn(
            "invisible absolute inset-0 grid place-items-center rounded-sm border border-control bg-surface text-on-accent group-hover:visible",
            picked && "visible border-accent bg-accent",
          )}
        >
          {picked && <Check className="size-3" strokeWidth={3} />}
        </span>
      </span>
      <span className="flex min-w-0 flex-1 flex-col justify-center gap-0.5">
        <span className="flex items-baseline gap-2">
          <span className="min-w-0 shrink-0 truncate font-medium max-w-[75%]">{item.title}</span>
          <span className="min-w-0 flex-1 truncate font-mono text-xs text-muted">
            {item.target !== null && <bdi>{visibleText(item.target)}</bdi>}
          </span>
          {item.deadline === null ? (
            <Time value={item.since} className="shrink-0 text-xs text-muted" />
          ) : (
            <TimeLeft deadline={item.deadline} className="shrink-0 text-xs" />
          )}
        </span>
        <span className="flex items-center gap-1.5 text-xs text-muted">
          {item.kind !== "approval" && <Kind className="size-3.5 shrink-0" />}
          <span className="min-w-0 flex-1 truncate">
            {item.kind !== "approval" &&
              item.kind !== "action" &&
              item.kind !== "promotion" &&
              `${KINDS[item.kind].label} · `}
            {item.agent?.name ?? "Not in the catalogue"}
            {item.onBehalfOf !== null && (
              <>
                {" for "}
                <bdi>{visibleText(item.onBehalfOf)}</bdi>
              </>
            )}
          </span>
          {item.amount !== null && (
            <span className="max-w-[40%] shrink-0 truncate font-medium text-foreground tabular-nums">
              <bdi>{visibleText(item.amount)}</bdi>
            </span>
          )}
          {item.votes !== null && (
            <span className="shrink-0 rounded-full border border-line-strong px-1.5 text-2xs font-medium tabular-nums">
              {item.votes.have}/{item.votes.need}
            </span>
          )}
          {item.snoozedUntil !== null && <AlarmClock className="size-3.5 shrink-0" />}
          {item.assignee !== null && (
            <span title={`Assigned to ${item.assignee.name}`} className="shrink-0">
              <Avatar name={item.assignee.name} size="xs" className="size-4.5 text-[0.5rem]" />
            </span>
          )}
        </span>
      </span>
    </>
  );
});
