/** The colour families of app/globals.css. A meaning is mapped to a tone in components/domain, never in a page. */
export type Tone = "neutral" | "accent" | "allow" | "deny" | "escalate" | "review" | "info";

interface ToneClasses {
  /** Fill, edge and words of a badge or banner. */
  soft: string;
  /** Words alone. */
  text: string;
  /** A dot, bar or icon. */
  mark: string;
}

export const TONES: Record<Tone, ToneClasses> = {
  neutral: {
    soft: "bg-neutral-soft text-neutral-text border-neutral-line",
    text: "text-neutral-text",
    mark: "bg-neutral",
  },
  accent: { soft: "bg-accent-soft text-accent-text border-accent-line", text: "text-accent-text", mark: "bg-accent" },
  allow: { soft: "bg-allow-soft text-allow-text border-allow-line", text: "text-allow-text", mark: "bg-allow" },
  deny: { soft: "bg-deny-soft text-deny-text border-deny-line", text: "text-deny-text", mark: "bg-deny" },
  escalate: {
    soft: "bg-escalate-soft text-escalate-text border-escalate-line",
    text: "text-escalate-text",
    mark: "bg-escalate",
  },
  review: { soft: "bg-review-soft text-review-text border-review-line", text: "text-review-text", mark: "bg-review" },
  info: { soft: "bg-info-soft text-info-text border-info-line", text: "text-info-text", mark: "bg-info" },
};
