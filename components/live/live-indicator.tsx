"use client";
import { Dot } from "@/components/ui/badge";
import { useLiveStatus } from "./live";

const STATES = {
  connecting: { label: "Connecting", tone: "neutral", hint: "Connecting to live updates" },
  live: { label: "Live", tone: "allow", hint: "What you see is kept up to date" },
  reconnecting: {
    label: "Reconnecting",
    tone: "escalate",
    hint: "Live updates are interrupted; what you see may be out of date",
  },
} as const;

export function LiveIndicator() {
  const { label, tone, hint } = STATES[useLiveStatus()];
  return (
    <span title={hint} className="inline-flex items-center gap-1.5 px-1 text-xs text-muted">
      <Dot tone={tone} live={tone === "escalate"} />
      <span className="max-sm:sr-only">{label}</span>
    </span>
  );
}
