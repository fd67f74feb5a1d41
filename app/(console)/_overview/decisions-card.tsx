import { SpanTabs } from "@/app/(console)/_overview/span-tabs";
import { CountChart } from "@/components/charts/count-chart";
import { EFFECTS } from "@/components/domain/effect-badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { Viewer } from "@/lib/auth/viewer";
import { SPANS, type Span } from "@/lib/overview/buckets";
import { decisionsOverTime } from "@/lib/overview/queries";

const SHOWN = ["allow", "escalate", "deny"] as const;
const SERIES = SHOWN.map((id) => ({ id, label: EFFECTS[id].label, colour: EFFECTS[id].colour }));

/** Decisions by effect over time; a bucket leads to the runs in it. */
export async function DecisionsCard({ viewer, span }: { viewer: Viewer; span: Span }) {
  const buckets = await decisionsOverTime(viewer, span);
  const [first, last] = [buckets.at(0), buckets.at(-1)];
  if (!first || !last) return null;
  const points = buckets.flatMap((bucket) =>
    SHOWN.map((series) => ({ at: bucket.start.getTime(), series, count: bucket[series] })),
  );
  return (
    <Card>
      <CardHeader
        title="Decisions"
        description={`Last ${SPANS[span].label}, without shadow runs`}
        actions={<SpanTabs span={span} />}
      />
      <CardBody>
        <CountChart
          label="Decisions"
          points={points}
          series={SERIES}
          fromMs={first.start.getTime()}
          toMs={last.end.getTime()}
          bucketMs={SPANS[span].bucketMs}
          drillDown="/runs?from={from}&to={to}"
        />
      </CardBody>
    </Card>
  );
}
