import { CircleArrowUp, CircleCheck, CircleX, Eye, type LucideIcon } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";

/** A decision's effect; `review` is an allow that a person checks afterwards. */
export type ShownEffect = "allow" | "deny" | "escalate" | "review";

export const EFFECTS: Record<ShownEffect, { label: string; tone: Tone; icon: LucideIcon; colour: string }> = {
  allow: { label: "Allowed", tone: "allow", icon: CircleCheck, colour: "var(--allow)" },
  review: { label: "Allowed, review", tone: "review", icon: Eye, colour: "var(--review)" },
  escalate: { label: "Escalated", tone: "escalate", icon: CircleArrowUp, colour: "var(--escalate)" },
  deny: { label: "Denied", tone: "deny", icon: CircleX, colour: "var(--deny)" },
};

export function EffectBadge({ effect }: { effect: ShownEffect }) {
  const { label, tone, icon: Icon } = EFFECTS[effect];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {label}
    </Badge>
  );
}
