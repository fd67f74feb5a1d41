import Link from "next/link";
import { AgentText } from "@/components/ui/agent-text";
import { cn } from "@/components/ui/cn";
import { Time } from "@/components/ui/time";
import { TONES } from "@/components/ui/tone";
import { entryWords } from "@/lib/runs/entry-words";
import type { TimelineEntry } from "@/lib/runs/timeline";
import { entryLook } from "./entry-look";

/** The last things that a run did, a line each; every line leads to its place in the run. */
export function CompactTimeline({ entries, runId }: { entries: readonly TimelineEntry[]; runId: string }) {
  if (entries.length === 0) return <p className="text-sm text-muted">Nothing yet: this is its first step.</p>;
  return (
    <ol className="-mx-1.5 flex flex-col">
      {entries.map((entry) => {
        const { icon: Icon, tone, label } = entryLook(entry);
        const { title, target, detail } = entryWords(entry);
        return (
          <li key={entry.key}>
            <Link
              href={`/runs/${runId}?entry=${encodeURIComponent(entry.key)}`}
              prefetch={false}
              className="flex items-start gap-2 rounded-sm px-1.5 py-1 text-sm hover:bg-surface-2"
            >
              <Icon aria-label={label} className={cn("mt-0.5 size-4 shrink-0", TONES[tone].text)} />
              <span className="min-w-0 flex-1">
                <span className="flex items-baseline gap-1.5">
                  <span className="min-w-0 truncate">
                    <AgentText text={title} />
                  </span>
                  {target !== null && (
                    <span className="min-w-0 shrink-[2] truncate font-mono text-xs text-muted">{target}</span>
                  )}
                </span>
                {detail !== null && (
                  <span className="line-clamp-1 text-xs text-muted wrap-anywhere">
                    <AgentText text={detail} />
                  </span>
                )}
              </span>
              <Time value={entry.at} className="shrink-0 text-xs text-muted" />
            </Link>
          </li>
        );
      })}
    </ol>
  );
}
