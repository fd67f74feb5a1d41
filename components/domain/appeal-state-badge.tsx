import { CircleCheck, CircleX, Hourglass, type LucideIcon, PencilRuler } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";

type AppealLook = "pending" | "upheld" | "permit" | "change";

const APPEAL_LOOKS: Record<AppealLook, { label: string; tone: Tone; icon: LucideIcon }> = {
  pending: { label: "Waiting", tone: "escalate", icon: Hourglass },
  upheld: { label: "Denial stands", tone: "deny", icon: CircleX },
  permit: { label: "Permitted once", tone: "allow", icon: CircleCheck },
  change: { label: "Being changed", tone: "info", icon: PencilRuler },
};

interface AppealStateBadgeProps {
  state: "pending" | "upheld" | "granted";
  outcome: "permit" | "change" | null;
}

export function AppealStateBadge({ state, outcome }: AppealStateBadgeProps) {
  const { label, tone, icon: Icon } = APPEAL_LOOKS[state === "granted" ? (outcome ?? "permit") : state];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {label}
    </Badge>
  );
}
