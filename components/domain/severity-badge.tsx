import { ChevronDown, ChevronsUp, ChevronUp, Flame, type LucideIcon } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import type { Severity } from "@/lib/incidents/views";

export const SEVERITY_LOOKS: Record<Severity, { label: string; tone: Tone; icon: LucideIcon; hint: string }> = {
  critical: { label: "Critical", tone: "deny", icon: Flame, hint: "Harm is being done." },
  high: { label: "High", tone: "deny", icon: ChevronsUp, hint: "Harm was done, or is close." },
  medium: { label: "Medium", tone: "escalate", icon: ChevronUp, hint: "Work does not get done." },
  low: { label: "Low", tone: "neutral", icon: ChevronDown, hint: "Something to look into." },
};

/** How much hangs on an incident. */
export function SeverityBadge({ severity }: { severity: Severity }) {
  const { label, tone, icon: Icon } = SEVERITY_LOOKS[severity];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {label}
    </Badge>
  );
}
