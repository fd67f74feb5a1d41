import { EFFECTS } from "@/components/domain/effect-badge";
import { cn } from "@/components/ui/cn";
import { TONES } from "@/components/ui/tone";
import { TIERS } from "@/lib/tiers/matrices";
import type { TierOutcome } from "@/lib/tiers/outcome";

const WORDS: Record<TierOutcome["effect"], string> = {
  allow: "allowed",
  review: "allowed, then reviewed",
  escalate: "asks a person",
  deny: "denied",
};

/** The five tiers in order of trust, each with what it may do; spoken as one sentence. */
export function TierStrip({ tiers }: { tiers: Record<(typeof TIERS)[number], TierOutcome> }) {
  const sentence = TIERS.map((tier) => `${tier}: ${WORDS[tiers[tier].effect]}`).join(", ");
  return (
    <span className="inline-flex gap-0.5 align-middle">
      <span className="sr-only">{sentence}</span>
      {TIERS.map((tier) => {
        const { tone, icon: Icon } = EFFECTS[tiers[tier].effect];
        return (
          <span
            key={tier}
            aria-hidden
            title={`${tier.charAt(0).toUpperCase() + tier.slice(1)}: ${WORDS[tiers[tier].effect]}`}
            className={cn("grid size-5 place-items-center rounded-sm border", TONES[tone].soft)}
          >
            <Icon className="size-3" />
          </span>
        );
      })}
    </span>
  );
}
