import type { ReviewEntry, TimelineEntry } from "@/lib/runs/timeline";

const APPROVAL_VERBS: Record<string, string> = {
  approved: "approved",
  rejected: "rejected",
  expired: "Nobody decided in time",
  cancelled: "No longer needed",
};

const REVIEW_WORDS: Record<ReviewEntry["state"], { somebody: string; nobody: string }> = {
  waiting: { somebody: "looks at it", nobody: "Waits for a review" },
  accepted: { somebody: "reviewed and accepted", nobody: "Accepted" },
  rolling_back: { somebody: "has it rolled back", nobody: "Nobody reviewed it in time, and it is being rolled back" },
  rolled_back: { somebody: "had it rolled back", nobody: "Nobody reviewed it in time, and it was rolled back" },
  rollback_failed: {
    somebody: "could not have it rolled back",
    nobody: "Nobody reviewed it, and it could not be rolled back",
  },
  lapsed: { somebody: "let it stand", nobody: "Nobody reviewed it in time, and it stands" },
};

const EVENT_TITLES = {
  llm: "Model call",
  tool: "Tool call",
  step: "Step",
  output: "Output",
  error: "Error",
  log: "Log",
} as const;

/** An entry of a timeline in words: what happened, and one line about it. Names, targets and details are agents' or people's text. */
interface EntryWords {
  title: string;
  /** What it was about, in mono behind the title. */
  target: string | null;
  detail: string | null;
}

export function entryWords(entry: TimelineEntry): EntryWords {
  switch (entry.type) {
    case "decision": {
      const title = entry.redeemedApprovalId === null ? entry.actionTitle : `${entry.actionTitle}, as approved`;
      return { title, target: entry.target, detail: entry.code === "allowed" ? null : entry.message };
    }
    case "approval": {
      const verb = APPROVAL_VERBS[entry.state] ?? entry.state;
      const title =
        entry.decidedBy === null ? `${verb}: ${entry.actionTitle}` : `${entry.decidedBy} ${verb}: ${entry.actionTitle}`;
      return { title, target: entry.target, detail: entry.comment };
    }
    case "review": {
      const what = REVIEW_WORDS[entry.state];
      const title = `${entry.decidedBy === null ? what.nobody : `${entry.decidedBy} ${what.somebody}`}: ${entry.actionTitle}`;
      return { title, target: entry.target, detail: entry.detail ?? entry.comment };
    }
    case "delegation":
      return {
        title: `Delegated to ${entry.agent.name}`,
        target: null,
        detail: entry.scope.length === 0 ? null : `Only ${entry.scope.join(", ")}`,
      };
    case "event": {
      const kind = EVENT_TITLES[entry.kind];
      const named = entry.name ?? (entry.kind === "llm" ? entry.summary.model : null);
      return { title: named ?? kind, target: null, detail: entry.summary.preview };
    }
  }
}

/**
 * How deep each entry stands under its parents, by the entries that are loaded: a parent that is not, counts for one step.
 * At most `deepest`; a loop that a client reports ends there.
 */
export function depthsOf(entries: readonly TimelineEntry[], deepest = 4): ReadonlyMap<string, number> {
  const parentOf = new Map<string, string | null>();
  for (const entry of entries) if (entry.type === "event") parentOf.set(entry.id, entry.parentEventId);
  return new Map(
    entries.map((entry) => {
      let depth = 0;
      let parent = entry.type === "event" ? entry.parentEventId : null;
      while (parent !== null && depth < deepest) {
        depth += 1;
        parent = parentOf.get(parent) ?? null;
      }
      return [entry.key, depth];
    }),
  );
}

/** Time since the run started, as it stands in front of an entry: "+1.2s", "+3m 05s", "+2h 04m". Before the start it is negative. */
export function sinceStart(atMs: number, startMs: number): string {
  const ms = Math.abs(atMs - startMs);
  const sign = atMs < startMs ? "−" : "+";
  if (ms < 10_000) return `${sign}${(ms / 1_000).toFixed(1)}s`;
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 60) return `${sign}${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${sign}${minutes}m ${pad(seconds % 60)}s`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${sign}${hours}h ${pad(minutes % 60)}m` : `${sign}${Math.floor(hours / 24)}d`;
}

const pad = (value: number): string => String(value).padStart(2, "0");

/**
 * Joins pages of a timeline: entries that both know are taken from the newer answer (their state moves on), the order stays that of the
 * timeline. `next` follows, precedes or overlaps `known`.
 */
export function mergeEntries(
  known: readonly TimelineEntry[],
  next: readonly TimelineEntry[],
  compare: (a: TimelineEntry, b: TimelineEntry) => number,
): TimelineEntry[] {
  const byKey = new Map(known.map((entry) => [entry.key, entry]));
  for (const entry of next) byKey.set(entry.key, entry);
  return [...byKey.values()].toSorted(compare);
}
