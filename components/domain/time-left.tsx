"use client";
import { Hourglass, TimerOff } from "lucide-react";
import { useSyncExternalStore } from "react";
import { timeLeft, type Urgency } from "@/lib/approvals/time-left";
import { cn } from "@/components/ui/cn";
import { formatExact, type TimeValue } from "@/components/ui/format/time";
import { useTimeZone } from "@/components/ui/time-zone";

const TICK_MS = 1_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

// One timer for all the countdowns of a page.
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const readNow = () => Math.floor(Date.now() / TICK_MS) * TICK_MS;

const CLASS_OF: Record<Urgency, string> = {
  calm: "text-muted",
  soon: "text-escalate-text",
  urgent: "text-deny-text font-medium",
  over: "text-faint",
};

/** The time that is left until a deadline, counting down; exact on hover. */
export function TimeLeft({ deadline, className }: { deadline: TimeValue; className?: string }) {
  const timeZone = useTimeZone();
  const now = useSyncExternalStore(subscribe, readNow, readNow);
  const { text, urgency } = timeLeft(new Date(deadline).getTime(), now);
  const Icon = urgency === "over" ? TimerOff : Hourglass;
  return (
    <time
      dateTime={new Date(deadline).toISOString()}
      title={`Deadline: ${formatExact(deadline, timeZone)}`}
      className={cn(
        "inline-flex items-center gap-1 whitespace-nowrap align-middle tabular-nums",
        CLASS_OF[urgency],
        className,
      )}
      // The clock moves between the server's rendering and the browser's.
      suppressHydrationWarning
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span suppressHydrationWarning>{text}</span>
      {urgency !== "over" && <span className="sr-only"> left to decide</span>}
    </time>
  );
}
