"use client";
import type { TooltipContentProps } from "recharts";
import { formatCount } from "@/components/ui/format/number";
import { formatTime } from "@/components/ui/format/time";
import { bucketStyle } from "./prepare-axis";

interface ChartTooltipProps extends Partial<Pick<TooltipContentProps, "active" | "label" | "payload">> {
  series: readonly { id: string; label: string; colour: string }[];
  bucketMs: number;
  timeZone: string;
  format?: (value: number) => string;
}

export function ChartTooltip({ active, label, payload, series, bucketMs, timeZone, format }: ChartTooltipProps) {
  if (active !== true || payload === undefined) return null;
  const valueOf = (id: string) => Number(payload.find((item) => item.dataKey === id)?.value ?? 0);
  const written = format ?? formatCount;
  return (
    <div className="min-w-36 rounded-lg bg-overlay px-3 py-2 text-xs shadow-overlay">
      <p className="mb-1 text-muted">{formatTime(Number(label), bucketStyle(bucketMs), timeZone)}</p>
      {series.toReversed().map((each) => (
        <p key={each.id} className="flex items-center gap-2">
          <span aria-hidden className="size-2 rounded-[2px]" style={{ background: each.colour }} />
          <span className="flex-1">{each.label}</span>
          <span className="font-medium tabular-nums">{written(valueOf(each.id))}</span>
        </p>
      ))}
    </div>
  );
}
