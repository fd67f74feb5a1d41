"use client";
import { Hourglass, TimerOff } from "lucide-react";
import { timeLeft, type Urgency } from "@/lib/approvals/time-left";
import { cn } from "@/components/ui/cn";
import { formatExact, type TimeValue } from "@/components/ui/format/time";
import { useTimeZone } from "@/components/ui/time-zone";
import { makeUseNow } from "@/components/ui/use-now";

const useNow = makeUseNow(1_000);

const CLASS_OF: Record<Urgency, string> = {
  calm: "text-muted",
  soon: "text-escalate-text",
  urgent: "text-deny-text font-medium",
  over: "text-faint",
};

/** The time that is left until a deadline, counting down; exact on hover. */
export function TimeLeft({ deadline, className }: { deadline: TimeValue; className?: string }) {
  const timeZone = useTimeZone();
  const now = useNow();
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
