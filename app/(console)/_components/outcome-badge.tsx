import { EFFECTS, type ShownEffect } from "@/components/domain/effect-badge";
import { Badge } from "@/components/ui/badge";

const LABELS: Record<ShownEffect, string> = {
  allow: "Allow",
  review: "Allow, review",
  escalate: "Ask a person",
  deny: "Deny",
};

/** What would happen, beside EffectBadge's what has happened. */
export function OutcomeBadge({ effect }: { effect: ShownEffect }) {
  const { tone, icon: Icon } = EFFECTS[effect];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {LABELS[effect]}
    </Badge>
  );
}
