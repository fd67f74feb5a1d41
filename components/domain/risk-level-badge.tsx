import { ChevronDown, ChevronsUp, ChevronUp, type LucideIcon } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import type { RiskLevel } from "./risk";

export const RISK_LEVELS: Record<RiskLevel, { label: string; tone: Tone; icon: LucideIcon; colour: string }> = {
  high: { label: "High risk", tone: "deny", icon: ChevronsUp, colour: "var(--risk-high)" },
  medium: { label: "Medium risk", tone: "escalate", icon: ChevronUp, colour: "var(--risk-medium)" },
  low: { label: "Low risk", tone: "neutral", icon: ChevronDown, colour: "var(--risk-low)" },
};

/** How much hangs on an approval. */
export function RiskLevelBadge({ risk }: { risk: RiskLevel }) {
  const { label, tone, icon: Icon } = RISK_LEVELS[risk];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {label}
    </Badge>
  );
}
