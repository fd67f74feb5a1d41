"use client";
import { useRouter } from "next/navigation";
import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from "recharts";
import { formatDuration } from "@/components/ui/format/duration";
import { useTimeZone } from "@/components/ui/time-zone";
import { bucketHref } from "./bucket-href";
import { ChartFrame } from "./chart-frame";
import { ChartTooltip } from "./chart-tooltip";
import type { ChartSeries } from "./count-chart";
import { axisStyle, formatTick } from "./prepare-axis";
import { type DurationPoint, formatTickDuration, niceDuration, prepareDurations } from "./prepare-durations";

interface DurationChartProps {
  label: string;
  points: readonly DurationPoint[];
  series: readonly ChartSeries[];
  /** Of the whole range, by series: what the legend says. */
  whole: Readonly<Record<string, number>>;
  fromMs: number;
  toMs: number;
  bucketMs: number;
  /** Pixels. */
  height?: number;
  /** As of CountChart. */
  drillDown?: string;
  /** The zone in which its buckets are whole days; the viewer's, unless it says otherwise. */
  timeZone?: string;
}

const TICK = { fill: "var(--muted)", fontSize: 11 };

/** How long something took over time: a line a series, a dot a bucket, gaps where nothing was measured. The same numbers stand in a table behind it. */
export function DurationChart(props: DurationChartProps) {
  const { label, points, series, whole, fromMs, toMs, bucketMs, height = 200, drillDown } = props;
  const own = useTimeZone();
  const timeZone = props.timeZone ?? own;
  const router = useRouter();
  const ids = series.map((each) => each.id);
  const rows = prepareDurations(points, ids);
  const style = axisStyle(fromMs, toMs);
  const top = niceDuration(Math.max(0, ...rows.map((row) => row.total)));
  const hrefOf = drillDown === undefined ? undefined : (atMs: number) => bucketHref(drillDown, atMs, bucketMs);
  return (
    <ChartFrame
      label={label}
      rows={rows}
      series={series}
      totals={whole}
      bucketMs={bucketMs}
      timeZone={timeZone}
      hrefOf={hrefOf}
      format={formatDuration}
    >
      <LineChart
        data={rows.map((row) => ({ atMs: row.atMs, ...row.counts }))}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        responsive
        style={{ width: "100%", height, cursor: drillDown === undefined ? undefined : "pointer" }}
        accessibilityLayer={false}
        onClick={(state) => {
          const atMs = Number(state.activeLabel);
          if (hrefOf !== undefined && rows.some((row) => row.atMs === atMs)) router.push(hrefOf(atMs));
        }}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="atMs"
          type="number"
          scale="time"
          domain={[fromMs, toMs - bucketMs]}
          tickFormatter={(atMs: number) => formatTick(atMs, style, timeZone)}
          tick={TICK}
          tickLine={false}
          axisLine={{ stroke: "var(--line-strong)" }}
          minTickGap={32}
          height={24}
          padding={{ left: 8, right: 8 }}
        />
        <YAxis
          tickFormatter={formatTickDuration}
          tick={TICK}
          tickLine={false}
          axisLine={false}
          width={36}
          domain={[0, top]}
          ticks={[0, top / 2, top]}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--line-strong)" }}
          content={<ChartTooltip series={series} bucketMs={bucketMs} timeZone={timeZone} format={formatDuration} />}
        />
        {series.map((each) => (
          <Line
            key={each.id}
            dataKey={each.id}
            stroke={each.colour}
            strokeWidth={1.5}
            dot={{ r: 2, fill: each.colour, strokeWidth: 0 }}
            activeDot={{ r: 4 }}
            isAnimationActive={false}
            connectNulls
            type="linear"
          />
        ))}
      </LineChart>
    </ChartFrame>
  );
}
