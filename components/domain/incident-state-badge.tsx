import { CircleCheck, CircleDot, Hand, type LucideIcon, ThumbsDown, Undo2, Wrench } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import type { IncidentSource, IncidentState } from "@/lib/incidents/views";

export const INCIDENT_STATE_LOOKS: Record<IncidentState, { label: string; tone: Tone; icon: LucideIcon }> = {
  open: { label: "Open", tone: "escalate", icon: CircleDot },
  resolved: { label: "Resolved", tone: "allow", icon: CircleCheck },
};

export function IncidentStateBadge({ state }: { state: IncidentState }) {
  const { label, tone, icon: Icon } = INCIDENT_STATE_LOOKS[state];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {label}
    </Badge>
  );
}

/** What opened it, in words. */
export const INCIDENT_SOURCE_LOOKS: Record<IncidentSource, { label: string; icon: LucideIcon }> = {
  person: { label: "A person", icon: Hand },
  tool_errors: { label: "Tool errors", icon: Wrench },
  rejections: { label: "Rejections", icon: ThumbsDown },
  rollback: { label: "Reviews and rollbacks", icon: Undo2 },
};
