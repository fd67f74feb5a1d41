import { CirclePause, CircleCheck, TriangleAlert } from "lucide-react";
import { Badge } from "@/components/ui/badge";

/** Whether it is told: paused, failing right now, or well. */
export function WebhookState({ paused, failures }: { paused: boolean; failures: number }) {
  if (paused)
    return (
      <Badge tone="escalate" icon={<CirclePause aria-hidden />}>
        Paused
      </Badge>
    );
  if (failures > 0)
    return (
      <Badge tone="deny" icon={<TriangleAlert aria-hidden />}>
        Failing
      </Badge>
    );
  return (
    <Badge tone="allow" icon={<CircleCheck aria-hidden />}>
      Active
    </Badge>
  );
}
