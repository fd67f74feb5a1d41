import { CornerDownRight, type LucideIcon } from "lucide-react";
import { APPROVAL_STATES, type ApprovalState } from "@/components/domain/approval-state-badge";
import { EFFECTS } from "@/components/domain/effect-badge";
import { EVENT_KIND_LOOKS } from "@/components/domain/event-kind";
import { REVIEW_LOOKS } from "@/components/domain/review-state-badge";
import type { Tone } from "@/components/ui/tone";
import type { TimelineEntry } from "@/lib/runs/timeline";

const isState = (state: string): state is ApprovalState => Object.hasOwn(APPROVAL_STATES, state);

/** The mark of an entry, and what it says in a word. */
export function entryLook(entry: TimelineEntry): { icon: LucideIcon; tone: Tone; label: string } {
  switch (entry.type) {
    case "decision":
      return EFFECTS[entry.effect === "allow" && entry.reviewDeadline !== null ? "review" : entry.effect];
    case "approval":
      return APPROVAL_STATES[isState(entry.state) ? entry.state : "pending"];
    case "review":
      return REVIEW_LOOKS[entry.state];
    case "delegation":
      return { icon: CornerDownRight, tone: "accent", label: "Delegated" };
    case "event": {
      const look = EVENT_KIND_LOOKS[entry.kind];
      return entry.summary.ok === false
        ? { ...look, tone: "deny", label: "Failed" }
        : { ...look, label: look.label.replace(/s$/, "") };
    }
  }
}
