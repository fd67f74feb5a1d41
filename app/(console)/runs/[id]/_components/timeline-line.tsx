"use client";
import { ChevronRight, Link2 } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Duration } from "@/components/ui/duration";
import { formatCompact } from "@/components/ui/format/number";
import { formatExact } from "@/components/ui/format/time";
import { Money } from "@/components/ui/money";
import { useTimeZone } from "@/components/ui/time-zone";
import { TONES } from "@/components/ui/tone";
import { entryWords, sinceStart } from "@/lib/runs/entry-words";
import type { TimelineEntry } from "@/lib/runs/timeline";
import { entryLook } from "../../_components/entry-look";
import { EntryDetailView } from "./entry-detail";

interface TimelineLineProps {
  entry: TimelineEntry;
  runId: string;
  startMs: number;
  /** How deep it stands under its parents. */
  depth: number;
  /** A link names it. */
  named: boolean;
}

/** One entry: when, what, and what it cost; it opens to everything that is known of it. */
export function TimelineLine({ entry, runId, startMs, depth, named }: TimelineLineProps) {
  const line = useRef<HTMLLIElement>(null);
  const opens = entry.type === "event" || entry.type === "decision";
  const [open, setOpen] = useState(named && opens);
  useEffect(() => {
    if (named) line.current?.scrollIntoView({ block: "center" });
  }, [named]);
  const { icon: Icon, tone, label } = entryLook(entry);
  const { title, target, detail } = entryWords(entry);
  const head = (
    <>
      <Icon aria-label={label} className={cn("mt-0.5 size-4 shrink-0", TONES[tone].text)} />
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className={cn("min-w-0 wrap-anywhere", entry.type !== "event" && "font-medium")}>{title}</span>
          {target !== null && <span className="min-w-0 font-mono text-xs text-muted wrap-anywhere">{target}</span>}
          <Marks entry={entry} />
        </span>
        {detail !== null && <span className="line-clamp-2 text-muted wrap-anywhere">{detail}</span>}
        <Measures entry={entry} className="mt-0.5 sm:hidden" />
      </span>
      <Measures entry={entry} className="justify-end max-sm:hidden" />
    </>
  );
  return (
    <li
      ref={line}
      aria-current={named ? "true" : undefined}
      className={cn(
        "group/line relative border-b border-line text-sm last:border-b-0 [content-visibility:auto] [contain-intrinsic-size:auto_2.5rem]",
        named && "bg-accent-soft",
      )}
    >
      <div className="flex items-start pr-2">
        <When at={entry.at} startMs={startMs} />
        <Head entry={entry} depth={depth} open={open} onToggle={opens ? () => setOpen(!open) : null}>
          {head}
        </Head>
        <a
          href={`/runs/${runId}?entry=${encodeURIComponent(entry.key)}`}
          aria-label={`Link to this entry: ${title}`}
          className="mt-1.5 grid size-6 shrink-0 place-items-center rounded-sm text-muted opacity-0 max-sm:hidden hover:bg-surface-3 focus-visible:opacity-100 group-hover/line:opacity-100"
        >
          <Link2 aria-hidden className="size-3.5" />
        </a>
      </div>
      {open && opens && (
        <div className="border-t border-line bg-surface-2 px-4 py-3 sm:pl-[6.5rem]">
          <EntryDetailView runId={runId} entry={entry} />
        </div>
      )}
    </li>
  );
}

const headClasses =
  "flex min-w-0 flex-1 items-start gap-2.5 rounded-sm py-2 pl-[calc(0.5rem+var(--depth)*0.5rem)] pr-2 text-left sm:pl-[calc(0.5rem+var(--depth)*1.25rem)] hover:bg-surface-2 focus-visible:-outline-offset-2";

function Head({
  entry,
  depth,
  open,
  onToggle,
  children,
}: {
  entry: TimelineEntry;
  depth: number;
  open: boolean;
  onToggle: (() => void) | null;
  children: ReactNode;
}) {
  if (onToggle !== null) {
    return (
      <button
        type="button"
        aria-expanded={open}
        onClick={onToggle}
        className={headClasses}
        style={{ ["--depth" as string]: depth }}
      >
        <ChevronRight
          aria-hidden
          className={cn("mt-0.5 size-4 shrink-0 text-faint transition-transform max-sm:hidden", open && "rotate-90")}
        />
        {children}
      </button>
    );
  }
  return (
    <Link href={hrefOf(entry)} prefetch={false} className={headClasses} style={{ ["--depth" as string]: depth }}>
      <ChevronRight aria-hidden className="invisible size-4 shrink-0 max-sm:hidden" />
      {children}
    </Link>
  );
}

function hrefOf(entry: TimelineEntry): string {
  switch (entry.type) {
    case "approval":
      return `/approvals/${entry.id}`;
    case "review":
      return `/reviews/${entry.id}`;
    case "delegation":
      return `/runs/${entry.runId}`;
    default:
      return "";
  }
}

function When({ at, startMs }: { at: string; startMs: number }) {
  const timeZone = useTimeZone();
  return (
    <time
      dateTime={at}
      title={formatExact(at, timeZone)}
      className="w-20 shrink-0 whitespace-nowrap py-2 pl-3 text-right font-mono text-xs leading-5 tabular-nums text-muted max-sm:w-16 max-sm:pl-2"
    >
      {sinceStart(Date.parse(at), startMs)}
    </time>
  );
}

function Marks({ entry }: { entry: TimelineEntry }) {
  if (entry.type === "decision") {
    const waiting = entry.approval?.state === "pending";
    return (
      <>
        {entry.shadow && <Badge tone="info">Shadow</Badge>}
        {waiting && <Badge tone="escalate">Waiting for a person</Badge>}
      </>
    );
  }
  if (entry.type !== "event") return null;
  return (
    <>
      {entry.summary.ok === false && <Badge tone="deny">Failed</Badge>}
      {entry.name !== null && entry.summary.model !== null && (
        <span className="font-mono text-xs text-muted">{entry.summary.model}</span>
      )}
      {entry.lateMs !== null && (
        <span className="text-xs text-escalate-text" title="Its own clock and ours differ, or it reported late.">
          {entry.lateMs > 0 ? "reported" : "dated"} <Duration ms={Math.abs(entry.lateMs)} />{" "}
          {entry.lateMs > 0 ? "later" : "ahead"}
        </span>
      )}
    </>
  );
}

function Measures({ entry, className }: { entry: TimelineEntry; className: string }) {
  if (entry.type !== "event") return null;
  const { inputTokens, outputTokens } = entry.summary;
  return (
    <span className={cn("flex shrink-0 flex-wrap items-baseline gap-x-3 text-xs tabular-nums text-muted", className)}>
      {inputTokens !== null && outputTokens !== null && (
        <span title={`${inputTokens} tokens in, ${outputTokens} tokens out`}>
          {formatCompact(inputTokens)} → {formatCompact(outputTokens)}
        </span>
      )}
      {entry.kind === "llm" && <Money microUsd={entry.costMicroUsd} />}
      {entry.durationMs !== null && <Duration ms={entry.durationMs} />}
    </span>
  );
}
