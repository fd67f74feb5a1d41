import { Archive, CirclePause, CirclePlay, type LucideIcon } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";

export type AgentStatus = "active" | "suspended" | "retired";

export const AGENT_STATUSES: Record<AgentStatus, { label: string; tone: Tone; icon: LucideIcon }> = {
  active: { label: "Active", tone: "allow", icon: CirclePlay },
  suspended: { label: "Suspended", tone: "deny", icon: CirclePause },
  retired: { label: "Retired", tone: "neutral", icon: Archive },
};

export function AgentStatusBadge({ status }: { status: AgentStatus }) {
  const { label, tone, icon: Icon } = AGENT_STATUSES[status];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {label}
    </Badge>
  );
}
