import { CircleArrowUp, CircleCheck, CircleMinus, CircleX, Eye, type LucideIcon } from "lucide-react";
import type { Tone } from "@/components/ui/tone";
import { Badge } from "@/components/ui/badge";

const OUTCOMES: Record<string, { label: string; tone: Tone; icon: LucideIcon }> = {
  pass: { label: "Passed", tone: "allow", icon: CircleCheck },
  deny: { label: "Denied", tone: "deny", icon: CircleX },
  escalate: { label: "Asks a person", tone: "escalate", icon: CircleArrowUp },
  review: { label: "Review afterwards", tone: "review", icon: Eye },
  skip: { label: "Not applicable", tone: "neutral", icon: CircleMinus },
};

/** How one check of a decision came out. An outcome that this version does not know is shown as it is called. */
export function checkOutcome(outcome: string): { label: string; tone: Tone; icon: LucideIcon } {
  return OUTCOMES[outcome] ?? { label: outcome, tone: "neutral", icon: CircleMinus };
}

export function CheckOutcomeBadge({ outcome }: { outcome: string }) {
  const { label, tone, icon: Icon } = checkOutcome(outcome);
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {label}
    </Badge>
  );
}
