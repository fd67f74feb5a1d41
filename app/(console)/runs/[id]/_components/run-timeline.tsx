"use client";
import { ArrowDownToLine, ArrowUpToLine, ListTree } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { depthsOf } from "@/lib/runs/entry-words";
import type { TimelineKind, TimelinePage } from "@/lib/runs/timeline";
import { KindFilter } from "./kind-filter";
import { TimelineLine } from "./timeline-line";
import { useTimeline } from "./use-timeline";

interface RunTimelineProps {
  runId: string;
  startedAt: Date;
  initial: TimelinePage;
  kinds: readonly TimelineKind[];
  /** The entry that a link names. */
  entry: string | null;
  revision: string;
  running: boolean;
  /** What stands in front of the first and behind the last entry. */
  start: ReactNode;
  end: ReactNode;
}

/** Everything that happened, in order. Mount it anew (key) when the filter or the named entry changes. */
export function RunTimeline(props: RunTimelineProps) {
  const { runId, startedAt, kinds, entry, running } = props;
  const timeline = useTimeline(props);
  const depths = depthsOf(timeline.entries);
  const many = timeline.before !== null || timeline.after !== null;
  return (
    <section aria-label="Timeline" className="min-w-0 rounded-lg border border-line bg-surface shadow-card">
      <header className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2">
        <h2 className="mr-1 text-sm font-semibold">Timeline</h2>
        <KindFilter kinds={kinds} />
        {many && (
          <span className="ml-auto flex gap-1">
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label="To the start"
              disabled={timeline.loading !== null}
              onClick={() => timeline.jump("start")}
            >
              <ArrowUpToLine aria-hidden />
            </Button>
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label="To the end"
              disabled={timeline.loading !== null}
              onClick={() => timeline.jump("end")}
            >
              <ArrowDownToLine aria-hidden />
            </Button>
          </span>
        )}
      </header>
      {timeline.before === null ? (
        kinds.length === 0 && props.start
      ) : (
        <More label="Earlier entries" pending={timeline.loading === "before"} onClick={timeline.loadBefore} />
      )}
      {timeline.entries.length === 0 && (
        <EmptyState
          icon={ListTree}
          title={kinds.length === 0 ? "Nothing has happened yet" : "Nothing of this kind"}
          description={running ? "It appears here by itself." : undefined}
        />
      )}
      <ol aria-label="Entries" className="flex flex-col">
        {timeline.entries.map((one) => (
          <TimelineLine
            key={one.key}
            entry={one}
            runId={runId}
            startMs={startedAt.getTime()}
            depth={depths.get(one.key) ?? 0}
            named={one.key === entry}
          />
        ))}
      </ol>
      {timeline.failed && (
        <Banner role="alert" tone="deny" className="m-3">
          More of the timeline could not be loaded. Try again.
        </Banner>
      )}
      {timeline.after === null ? (
        kinds.length === 0 && props.end
      ) : (
        <MoreOnSight
          label="Later entries"
          pending={timeline.loading === "after"}
          stopped={timeline.failed}
          load={timeline.loadAfter}
        />
      )}
    </section>
  );
}

function More({ label, pending, onClick }: { label: string; pending: boolean; onClick: () => void }) {
  return (
    <div className="flex justify-center p-2">
      <Button variant="ghost" size="sm" pending={pending} onClick={onClick}>
        {label}
      </Button>
    </div>
  );
}

/** Loads when it comes into sight; it stays a button for whoever does not scroll, and after a failure. */
function MoreOnSight({
  label,
  pending,
  stopped,
  load,
}: {
  label: string;
  pending: boolean;
  stopped: boolean;
  load: () => void;
}) {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = mark.current;
    if (element === null || stopped) return;
    const observer = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && load());
    observer.observe(element);
    return () => observer.disconnect();
  }, [load, stopped]);
  return (
    <div ref={mark}>
      <More label={label} pending={pending} onClick={load} />
    </div>
  );
}
