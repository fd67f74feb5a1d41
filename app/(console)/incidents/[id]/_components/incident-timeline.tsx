import { CircleCheck, CirclePause, CirclePlay, Eye, type LucideIcon, MessageSquareText, Siren } from "lucide-react";
import Link from "next/link";
import { cn } from "@/components/ui/cn";
import { TONES, type Tone } from "@/components/ui/tone";
import { Time } from "@/components/ui/time";
import type { EntryKind, IncidentEntryView } from "@/lib/incidents/views";

const LOOKS: Record<EntryKind, { verb: string; icon: LucideIcon; tone: Tone }> = {
  opened: { verb: "opened it", icon: Siren, tone: "escalate" },
  seen: { verb: "saw it again", icon: Eye, tone: "escalate" },
  paused: { verb: "suspended the agent", icon: CirclePause, tone: "deny" },
  note: { verb: "noted", icon: MessageSquareText, tone: "neutral" },
  resumed: { verb: "resumed the agent", icon: CirclePlay, tone: "allow" },
  resolved: { verb: "resolved it", icon: CircleCheck, tone: "allow" },
};
/** Their verb says it all. */
const WITHOUT_TEXT = new Set<EntryKind>(["paused", "resumed"]);

/** What happened in an incident, oldest first. */
export function IncidentTimeline({ entries }: { entries: readonly IncidentEntryView[] }) {
  return (
    <ol aria-label="Timeline" className="flex flex-col">
      {entries.map((entry, at) => {
        const { verb, icon: Icon, tone } = LOOKS[entry.kind];
        return (
          <li key={entry.id} className="relative flex gap-3 pb-5 last:pb-0">
            {at < entries.length - 1 && <span aria-hidden className="absolute bottom-0 left-3 top-6 w-px bg-line" />}
            <span
              className={cn(
                "grid size-6 shrink-0 place-items-center rounded-full border [&_svg]:size-3.5",
                TONES[tone].soft,
              )}
            >
              <Icon aria-hidden />
            </span>
            <div className="flex min-w-0 flex-1 flex-col gap-1 pt-0.5 text-sm">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <span>
                  <span className="font-medium">{whoOf(entry)}</span> <span className="text-muted">{verb}</span>
                </span>
                <Time value={entry.at} className="text-xs text-muted" />
                {entry.runId !== null && (
                  <Link href={`/runs/${entry.runId}`} className="text-xs text-accent-text underline underline-offset-4">
                    Open the run
                  </Link>
                )}
              </p>
              {!WITHOUT_TEXT.has(entry.kind) && <p className="whitespace-pre-wrap wrap-anywhere">{entry.text}</p>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function whoOf({ actorKind, person }: IncidentEntryView): string {
  if (person !== null) return person;
  return actorKind === "cli" ? "The operator" : "Remit";
}
