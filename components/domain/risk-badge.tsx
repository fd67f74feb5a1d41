import { RotateCcw, Undo2, Unlink } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import { type Impact, type Reversibility, riskLevel, type RiskLevel } from "./risk";

const TONE_OF: Record<RiskLevel, Tone> = { low: "neutral", medium: "escalate", high: "deny" };
const ICON_OF = { reversible: Undo2, compensable: RotateCcw, irreversible: Unlink };

/** Whether an action can be taken back, and how much hangs on it. */
export function RiskBadge({ reversibility, impact }: { reversibility: Reversibility; impact: Impact }) {
  const Icon = ICON_OF[reversibility];
  return (
    <Badge tone={TONE_OF[riskLevel(reversibility, impact)]} icon={<Icon aria-hidden />}>
      {reversibility.charAt(0).toUpperCase() + reversibility.slice(1)} · {impact} impact
    </Badge>
  );
}
