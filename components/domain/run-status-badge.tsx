import { Ban, CircleCheck, CircleDashed, CircleStop, CircleX, LoaderCircle, type LucideIcon } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tone";

type RunStatus = "running" | "succeeded" | "failed" | "blocked" | "halted" | "lost";

export const RUN_STATUSES: Record<RunStatus, { label: string; tone: Tone; icon: LucideIcon; colour: string }> = {
  running: { label: "Running", tone: "info", icon: LoaderCircle, colour: "var(--run-running)" },
  succeeded: { label: "Succeeded", tone: "allow", icon: CircleCheck, colour: "var(--run-succeeded)" },
  failed: { label: "Failed", tone: "deny", icon: CircleX, colour: "var(--run-failed)" },
  blocked: { label: "Blocked", tone: "escalate", icon: Ban, colour: "var(--run-blocked)" },
  halted: { label: "Halted", tone: "neutral", icon: CircleStop, colour: "var(--run-halted)" },
  lost: { label: "Lost", tone: "neutral", icon: CircleDashed, colour: "var(--run-lost)" },
};

export function RunStatusBadge({ status }: { status: RunStatus }) {
  const { label, tone, icon: Icon } = RUN_STATUSES[status];
  return (
    <Badge
      tone={tone}
      icon={<Icon aria-hidden className={status === "running" ? "animate-spin [animation-duration:2s]" : undefined} />}
    >
      {label}
    </Badge>
  );
}
