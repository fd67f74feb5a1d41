import { RULE_EFFECT_LOOK } from "@/components/domain/rule-effect-badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatCount, formatPercent, formatPlural } from "@/components/ui/format/number";
import { Progress } from "@/components/ui/progress";
import type { SimulationResult } from "@/lib/policies/simulation/views";

/** How far the simulation can be trusted, measured on what was really answered, and what it takes for granted. */
export function Exactness({ result }: { result: SimulationResult }) {
  const { compared, same, current, differing } = result.exactness;
  return (
    <Card>
      <CardHeader
        title="How exact this is"
        description="Each decision is also decided with the rules of its own time, and compared with what was answered."
      />
      <CardBody className="grid gap-4 text-sm md:grid-cols-2">
        <div className="flex flex-col gap-2">
          {compared === 0 ? (
            <p className="text-muted">No decision was decided anew, so that there is nothing to compare.</p>
          ) : (
            <>
              <p>
                <strong className="tabular-nums">{formatPercent(same / compared)}</strong>{" "}
                <span className="text-muted tabular-nums">
                  – {formatCount(same)} of {formatCount(compared)} come out as they were answered
                </span>
              </p>
              <Progress
                label="Decisions that come out as they were answered"
                value={same}
                max={compared}
                tone={same / compared > 0.95 ? "allow" : "escalate"}
              />
              {current.compared > 0 && (
                <p className="text-xs text-muted tabular-nums">
                  Of {formatPlural(current.compared, "decision")} made under the very configuration that is in force:{" "}
                  {formatCount(current.same)}.
                </p>
              )}
              {differing.length > 0 && (
                <ul className="text-xs text-muted">
                  {differing
                    .toSorted((a, b) => b.count - a.count)
                    .map(({ stored, rebuilt, count }) => (
                      <li key={`${stored} ${rebuilt}`} className="tabular-nums">
                        {formatCount(count)} × {RULE_EFFECT_LOOK[stored].label.toLowerCase()} then,{" "}
                        {RULE_EFFECT_LOOK[rebuilt].label.toLowerCase()} when decided again
                      </li>
                    ))}
                </ul>
              )}
            </>
          )}
        </div>
        <ul className="list-disc space-y-1 pl-4 text-xs text-muted marker:text-faint">
          <li>Grants, tiers, the catalogue and settings are those of today, not of then.</li>
          <li>Agents count as active, and limits of rate and budget as kept, as they were then.</li>
          <li>Each decision stands alone: what an agent would have done after another answer nobody knows.</li>
          <li>An approval that a person gave counts as the answer to what the draft would have asked.</li>
          {result.incomplete > 0 && (
            <li>
              {formatPlural(result.incomplete, "decision")} may lack an earlier value of a fact, whose result was too
              large to read again.
            </li>
          )}
        </ul>
      </CardBody>
    </Card>
  );
}
