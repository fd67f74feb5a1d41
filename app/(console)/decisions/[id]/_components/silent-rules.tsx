import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { DecisionDetail } from "@/lib/decisions/decision-detail";
import type { RuleReading } from "@/lib/decisions/explanation";
import { Condition } from "../../../_evidence/check-trace";

/** Rules that were about this agent and action and did not hold: why the others did not speak. */
export function SilentRules({ decision, readings }: { decision: DecisionDetail; readings: readonly RuleReading[] }) {
  const silent = readings.filter(
    (one) =>
      one.condition !== null &&
      one.condition.truth === "false" &&
      !decision.rules.some((rule) => rule.policy === one.policy && rule.rule === one.rule),
  );
  if (silent.length === 0) return null;
  return (
    <Card>
      <CardHeader
        title={silent.length === 1 ? "One rule did not hold" : `${silent.length} rules did not hold`}
        description="They were about this agent and action, and their conditions were not met."
      />
      <CardBody>
        <ul className="flex flex-col gap-2">
          {silent.map((one) => (
            <li key={`${one.policy}/${one.rule}`}>
              <details className="rounded-md border border-line">
                <summary className="flex cursor-pointer flex-wrap items-center gap-x-2 px-2.5 py-1.5 text-sm">
                  <span className="font-medium wrap-anywhere">{one.rule}</span>
                  <span className="text-xs text-muted wrap-anywhere">
                    {one.policy}, version {one.version}
                  </span>
                  <span className="ml-auto text-xs text-muted">would {WOULD[one.effect] ?? one.effect}</span>
                </summary>
                <div className="flex flex-col gap-2 border-t border-line px-2.5 py-2">
                  {one.when !== null && <Condition when={one.when} condition={one.condition} />}
                </div>
              </details>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}

const WOULD: Record<string, string> = {
  allow: "allow",
  review: "ask for a review",
  escalate: "ask first",
  deny: "deny",
};
