import { ConditionParts } from "@/app/(console)/_evidence/condition-parts";
import { MarkedCondition } from "@/app/(console)/_evidence/marked-condition";
import { cn } from "@/components/ui/cn";
import { TONES, type Tone } from "@/components/ui/tone";
import type { TriedRule } from "@/lib/policies/try/views";

const SAID: Record<TriedRule["said"], { words: string; tone: Tone }> = {
  matched: { words: "holds", tone: "accent" },
  not_matched: { words: "does not hold", tone: "neutral" },
  error: { words: "could not be evaluated", tone: "escalate" },
};

/** What each rule of the draft said to one request, with the parts of its condition marked. */
export function TriedRules({ rules }: { rules: readonly TriedRule[] }) {
  if (rules.length === 0)
    return <p className="text-sm text-muted">No rule of this draft is about this agent and action.</p>;
  const order = { error: 0, matched: 1, not_matched: 2 };
  return (
    <ul className="flex flex-col gap-2">
      {rules
        .toSorted((a, b) => order[a.said] - order[b.said])
        .map((rule) => (
          <li key={rule.rule}>
            <details open={rule.said !== "not_matched"} className="rounded-md border border-line">
              <summary className="flex cursor-pointer flex-wrap items-center gap-x-2 gap-y-0.5 px-2.5 py-1.5 text-sm">
                <span className="font-medium wrap-anywhere">{rule.rule}</span>
                <span className="text-xs text-muted">{rule.effect}</span>
                <span className={cn("ml-auto text-xs font-medium", TONES[SAID[rule.said].tone].text)}>
                  {SAID[rule.said].words}
                </span>
              </summary>
              <div className="flex flex-col gap-2 border-t border-line px-2.5 py-2 text-sm">
                {rule.error !== null && (
                  <p className="text-xs text-escalate-text wrap-anywhere">
                    {rule.error}.{" "}
                    {rule.effect === "allow" ? "It then allows nothing." : "It then counts as if it held."}
                  </p>
                )}
                {rule.condition !== null && rule.when !== null ? (
                  <>
                    <ConditionParts text={rule.when} condition={rule.condition} />
                    <MarkedCondition text={rule.when} condition={rule.condition} />
                  </>
                ) : (
                  <p className="text-xs text-muted">No condition: it holds whenever its actions are asked for.</p>
                )}
              </div>
            </details>
          </li>
        ))}
    </ul>
  );
}
