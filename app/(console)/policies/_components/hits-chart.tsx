import Link from "next/link";

import { CountChart } from "@/components/charts/count-chart";
import { RULE_EFFECT_LOOK } from "@/components/domain/rule-effect-badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatPlural } from "@/components/ui/format/number";
import { HIT_DAYS, type DailyHits, type HitSummary } from "@/lib/policies/hits";
import { RULE_EFFECTS } from "@/lib/policies/schemas";

const SERIES = RULE_EFFECTS.toReversed().map((id) => ({
  id,
  label: RULE_EFFECT_LOOK[id].label,
  colour: RULE_EFFECT_LOOK[id].colour,
}));

interface HitsChartProps {
  slug: string;
  hits: readonly DailyHits[];
  summary: HitSummary;
  fromMs: number;
  toMs: number;
}

/** How often rules of the policy held, by day and effect. */
export function HitsChart({ slug, hits, summary, fromMs, toMs }: HitsChartProps) {
  const used = SERIES.filter((one) => summary.counts[one.id] > 0);
  return (
    <Card>
      <CardHeader
        title={`Held in the last ${HIT_DAYS} days`}
        description={
          summary.total === 0
            ? "No decision of a live run met one of its rules."
            : `${formatPlural(summary.total, "time")}, counted in live runs by UTC day`
        }
        actions={
          summary.total > 0 && (
            <Link
              href={`/policies/${slug}/hits?from=${new Date(fromMs).toISOString()}`}
              className="text-xs font-medium text-accent-text underline-offset-2 hover:underline"
            >
              The decisions
            </Link>
          )
        }
      />
      {summary.total > 0 && (
        <CardBody>
          <CountChart
            label="Times a rule held"
            points={hits.map(({ day, effect, count }) => ({ at: `${day}T00:00:00.000Z`, series: effect, count }))}
            series={used}
            fromMs={fromMs}
            toMs={toMs}
            bucketMs={86_400_000}
            height={140}
            drillDown={`/policies/${slug}/hits?from={from}&to={to}`}
          />
        </CardBody>
      )}
    </Card>
  );
}
