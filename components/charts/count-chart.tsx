"use client";
import { useRouter } from "next/navigation";
import { Area, AreaChart, Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from "recharts";
import { formatCompact } from "@/components/ui/format/number";
import { useTimeZone } from "@/components/ui/time-zone";
import { ChartFrame } from "./chart-frame";
import { ChartTooltip } from "./chart-tooltip";
import { bucketHref } from "./bucket-href";
import { axisStyle, countTicks, formatTick, niceMax } from "./prepare-axis";
import { type CountPoint, prepareSeries, seriesTotals } from "./prepare-series";

export interface ChartSeries {
  id: string;
  label: string;
  /** A token: "var(--deny)". */
  colour: string;
}

interface CountChartProps {
  /** What is counted: "Decisions". Heads the table and names the picture. */
  label: string;
  points: readonly CountPoint[];
  /** Drawn from the bottom up, in this order. */
  series: readonly ChartSeries[];
  fromMs: number;
  toMs: number;
  bucketMs: number;
  shape?: "bar" | "area";
  /** Pixels. */
  height?: number;
  /** The list behind the numbers: `{from}` and `{to}` become the bucket's ISO times. Pressing a bucket leads there, and so do the table's links. */
  drillDown?: string;
  /** The zone in which its buckets are whole days; the viewer's, unless it says otherwise. */
  timeZone?: string;
}

const MARGIN = { top: 8, right: 4, bottom: 0, left: 0 };
const TICK = { fill: "var(--muted)", fontSize: 11 };

/** Counts over time, stacked by series (effects, run states). The same numbers stand in a table behind it. */
export function CountChart(props: CountChartProps) {
  const { label, points, series, fromMs, toMs, bucketMs, shape = "bar", height = 200, drillDown } = props;
  const own = useTimeZone();
  const timeZone = props.timeZone ?? own;
  const router = useRouter();
  const ids = series.map((each) => each.id);
  const rows = prepareSeries({ points, series: ids, fromMs, toMs, bucketMs });
  const data = rows.map((row) => ({ atMs: row.atMs, ...row.counts }));
  const style = axisStyle(fromMs, toMs);
  const top = niceMax(Math.max(0, ...rows.map((row) => row.total)));
  const Chart = shape === "bar" ? BarChart : AreaChart;
  const hrefOf = drillDown === undefined ? undefined : (atMs: number) => bucketHref(drillDown, atMs, bucketMs);
  return (
    <ChartFrame
      label={label}
      rows={rows}
      series={series}
      totals={seriesTotals(rows, ids)}
      bucketMs={bucketMs}
      timeZone={timeZone}
      hrefOf={hrefOf}
    >
      <Chart
        data={data}
        margin={MARGIN}
        responsive
        style={{ width: "100%", height, cursor: drillDown === undefined ? undefined : "pointer" }}
        barCategoryGap="18%"
        accessibilityLayer={false}
        onClick={(state) => {
          const atMs = Number(state.activeLabel);
          if (hrefOf !== undefined && rows.some((row) => row.atMs === atMs)) router.push(hrefOf(atMs));
        }}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="atMs"
          tickFormatter={(atMs: number) => formatTick(atMs, style, timeZone)}
          tick={TICK}
          tickLine={false}
          axisLine={{ stroke: "var(--line-strong)" }}
          minTickGap={32}
          height={24}
        />
        <YAxis
          tickFormatter={formatCompact}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          width={36}
          allowDecimals={false}
          domain={[0, top]}
          ticks={countTicks(top)}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--surface-3)", stroke: "var(--line-strong)", fillOpacity: 0.6 }}
          content={<ChartTooltip series={series} bucketMs={bucketMs} timeZone={timeZone} />}
        />
        {series.map((each) =>
          shape === "bar" ? (
            <Bar
              key={each.id}
              dataKey={each.id}
              stackId="all"
              fill={each.colour}
              isAnimationActive={false}
              maxBarSize={28}
            />
          ) : (
            <Area
              key={each.id}
              dataKey={each.id}
              stackId="all"
              stroke={each.colour}
              fill={each.colour}
              fillOpacity={0.16}
              strokeWidth={1.5}
              isAnimationActive={false}
              type="monotone"
            />
          ),
        )}
      </Chart>
    </ChartFrame>
  );
}
