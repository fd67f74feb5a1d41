import { CircleCheck, CircleSlash, CircleX, Hourglass, type LucideIcon, TimerOff } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";

export type ApprovalState = "pending" | "approved" | "rejected" | "expired" | "cancelled";

export const APPROVAL_STATES: Record<ApprovalState, { label: string; tone: Tone; icon: LucideIcon }> = {
  pending: { label: "Waiting", tone: "escalate", icon: Hourglass },
  approved: { label: "Approved", tone: "allow", icon: CircleCheck },
  rejected: { label: "Rejected", tone: "deny", icon: CircleX },
  expired: { label: "Expired", tone: "neutral", icon: TimerOff },
  cancelled: { label: "Cancelled", tone: "neutral", icon: CircleSlash },
};

export function ApprovalStateBadge({ state }: { state: ApprovalState }) {
  const { label, tone, icon: Icon } = APPROVAL_STATES[state];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {label}
    </Badge>
  );
}
