import { Ban, CircleCheck, Mail } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";
import type { PersonState } from "@/lib/people/list-params";

export const PERSON_STATE_LOOKS: Readonly<Record<PersonState, { label: string; tone: Tone; icon: typeof Ban }>> = {
  active: { label: "Active", tone: "allow", icon: CircleCheck },
  invited: { label: "Invited", tone: "info", icon: Mail },
  disabled: { label: "Disabled", tone: "neutral", icon: Ban },
};

export function PersonStateBadge({ state }: { state: PersonState }) {
  const { label, tone, icon: Icon } = PERSON_STATE_LOOKS[state];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {label}
    </Badge>
  );
}
