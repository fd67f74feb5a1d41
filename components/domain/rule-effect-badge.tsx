import type { LucideIcon } from "lucide-react";

import { EFFECTS, type ShownEffect } from "@/components/domain/effect-badge";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";

const LABELS: Record<ShownEffect, string> = {
  deny: "Deny",
  escalate: "Escalate",
  review: "Allow, review",
  allow: "Allow",
};

interface Look {
  label: string;
  tone: Tone;
  icon: LucideIcon;
  colour: string;
}

/** What a rule does when it holds: the same tones and icons as of the decisions that follow from it. */
export const RULE_EFFECT_LOOK: Record<ShownEffect, Look> = {
  deny: { ...EFFECTS.deny, label: LABELS.deny },
  escalate: { ...EFFECTS.escalate, label: LABELS.escalate },
  review: { ...EFFECTS.review, label: LABELS.review },
  allow: { ...EFFECTS.allow, label: LABELS.allow },
};

export function RuleEffectBadge({ effect }: { effect: ShownEffect }) {
  const { label, tone, icon: Icon } = RULE_EFFECT_LOOK[effect];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {label}
    </Badge>
  );
}
