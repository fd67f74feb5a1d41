import { CircleCheck, Hourglass, type LucideIcon, RotateCcw, TimerOff, TriangleAlert, Undo2 } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import type { ReviewState } from "@/lib/reviews/views";

export const REVIEW_LOOKS: Record<ReviewState, { label: string; tone: Tone; icon: LucideIcon }> = {
  waiting: { label: "Waiting", tone: "review", icon: Hourglass },
  accepted: { label: "Accepted", tone: "allow", icon: CircleCheck },
  rolling_back: { label: "Rolling back", tone: "info", icon: RotateCcw },
  rolled_back: { label: "Rolled back", tone: "neutral", icon: Undo2 },
  rollback_failed: { label: "Rollback failed", tone: "deny", icon: TriangleAlert },
  lapsed: { label: "Lapsed", tone: "neutral", icon: TimerOff },
};

export function ReviewStateBadge({ state }: { state: ReviewState }) {
  const { label, tone, icon: Icon } = REVIEW_LOOKS[state];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {label}
    </Badge>
  );
}
