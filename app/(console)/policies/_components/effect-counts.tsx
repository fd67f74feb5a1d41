import { RULE_EFFECT_LOOK } from "@/components/domain/rule-effect-badge";
import { cn } from "@/components/ui/cn";
import { formatCompact, formatCount } from "@/components/ui/format/number";
import { TONES } from "@/components/ui/tone";
import { effectsIn, type EffectCounts as Counts } from "@/lib/policies/hits";

/** How often rules held, by effect: an icon and a number for each that occurs. */
export function EffectCounts({ counts }: { counts: Counts }) {
  return (
    <span className="flex items-center gap-2.5 tabular-nums">
      {effectsIn(counts).map((effect) => {
        const { label, tone, icon: Icon } = RULE_EFFECT_LOOK[effect];
        return (
          <span key={effect} title={`${label}: ${formatCount(counts[effect])}`} className="flex items-center gap-1">
            <Icon aria-hidden className={cn("size-3.5 shrink-0", TONES[tone].text)} />
            <span className="sr-only">{label}: </span>
            {formatCompact(counts[effect])}
          </span>
        );
      })}
    </span>
  );
}
