import { Brain, CircleAlert, Footprints, type LucideIcon, MessageSquareQuote, ScrollText, Wrench } from "lucide-react";
import type { Tone } from "@/components/ui/tone";

type EventKind = "llm" | "tool" | "step" | "output" | "error" | "log";

/** What an agent can report of itself. */
export const EVENT_KIND_LOOKS: Record<EventKind, { label: string; tone: Tone; icon: LucideIcon }> = {
  llm: { label: "Model calls", tone: "accent", icon: Brain },
  tool: { label: "Tool calls", tone: "info", icon: Wrench },
  step: { label: "Steps", tone: "neutral", icon: Footprints },
  output: { label: "Outputs", tone: "allow", icon: MessageSquareQuote },
  error: { label: "Errors", tone: "deny", icon: CircleAlert },
  log: { label: "Logs", tone: "neutral", icon: ScrollText },
};
