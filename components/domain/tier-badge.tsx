import { Badge } from "@/components/ui/badge";
import { tierLabel } from "./tiers";

/** The five tiers by growing autonomy. */
const STEPS = ["observe", "recommend", "prepare", "escalate", "execute"];

/** A tier with a small ladder of how far it goes. */
export function TierBadge({ tier }: { tier: string }) {
  const step = STEPS.indexOf(tier);
  return (
    <Badge
      icon={
        step === -1 ? undefined : (
          <span aria-hidden className="flex items-end gap-px">
            {STEPS.map((name, index) => (
              <span
                key={name}
                className={index <= step ? "w-0.75 rounded-[1px] bg-accent" : "w-0.75 rounded-[1px] bg-line-strong"}
                style={{ height: `${3 + index * 1.75}px` }}
              />
            ))}
          </span>
        )
      }
    >
      {tierLabel(tier)}
    </Badge>
  );
}
