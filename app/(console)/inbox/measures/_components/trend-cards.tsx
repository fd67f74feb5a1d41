import { outcomesParams, OUTCOMES } from "@/app/(console)/inbox/measures/search-params";
import { CountChart } from "@/components/charts/count-chart";
import { DurationChart } from "@/components/charts/duration-chart";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { SETTLED_STATES } from "@/lib/approvals/views";
import type { DayRow, MeasureFilter } from "@/lib/measures/queries";
import type { TallyRow } from "@/lib/measures/tally";
import { Hourglass } from "lucide-react";

const DAY_MS = 86_400_000;

const OUTCOME_SERIES = [
  { id: "approved", label: "Approved", colour: "var(--allow)" },
  { id: "rejected", label: "Rejected", colour: "var(--deny)" },
  { id: "expired", label: "Expired", colour: "var(--escalate)" },
  { id: "cancelled", label: "Cancelled", colour: "var(--neutral)" },
] as const satisfies readonly { id: (typeof SETTLED_STATES)[number]; label: string; colour: string }[];

const TIME_SERIES = [
  { id: "median", label: "Median", colour: "var(--accent)" },
  { id: "p90", label: "90% within", colour: "var(--review)" },
] as const;

const rangeOf = ({ from, to }: MeasureFilter) => ({
  fromMs: Date.parse(from),
  toMs: Date.parse(to) + DAY_MS,
  bucketMs: DAY_MS,
  timeZone: "UTC",
});

/** The approvals that ended on one day; the chart fills in which. */
const drillDown = ({ agents }: MeasureFilter): string => {
  const base = outcomesParams.href(OUTCOMES, { agent: [...agents] });
  return `${base}${base.includes("?") ? "&" : "?"}from={from}&to={to}`;
};

interface TrendProps {
  days: readonly DayRow[];
  filter: MeasureFilter;
}

/** What came of approvals, day by day. */
export function OutcomesOverTime({ days, filter }: TrendProps) {
  return (
    <Card>
      <CardHeader title="What came of them" description="By UTC day on which they ended" />
      <CardBody>
        <CountChart
          label="Approvals"
          points={days.flatMap((day) =>
            OUTCOME_SERIES.map(({ id }) => ({ at: Date.parse(day.day), series: id, count: day[id] })),
          )}
          series={OUTCOME_SERIES}
          drillDown={drillDown(filter)}
          {...rangeOf(filter)}
        />
      </CardBody>
    </Card>
  );
}

/** How long people took to decide, day by day. */
export function TimeToDecision({ days, filter, whole }: TrendProps & { whole: TallyRow }) {
  const { medianMs, p90Ms } = whole;
  return (
    <Card>
      <CardHeader title="Time to decision" description="From the request to the word of a person" />
      {medianMs === null || p90Ms === null ? (
        <EmptyState icon={Hourglass} title="Nothing was decided in these days" />
      ) : (
        <CardBody>
          <DurationChart
            label="Time to decision"
            points={days.map((day) => ({
              atMs: Date.parse(day.day),
              values: { median: day.medianMs, p90: day.p90Ms },
            }))}
            series={TIME_SERIES}
            whole={{ median: medianMs, p90: p90Ms }}
            drillDown={drillDown(filter)}
            {...rangeOf(filter)}
          />
        </CardBody>
      )}
    </Card>
  );
}
