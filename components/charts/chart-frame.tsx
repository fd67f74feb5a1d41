"use client";
import { BarChart3, Table2 } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { formatCount } from "@/components/ui/format/number";
import { formatTime } from "@/components/ui/format/time";
import { ScrollArea } from "@/components/ui/scroll-area";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { bucketStyle } from "./prepare-axis";
import type { SeriesRow } from "./prepare-series";

interface ChartFrameProps {
  label: string;
  rows: readonly SeriesRow[];
  series: readonly { id: string; label: string; colour: string }[];
  totals: Readonly<Record<string, number>>;
  bucketMs: number;
  timeZone: string;
  /** The list behind a bucket. */
  hrefOf: ((atMs: number) => string) | undefined;
  /** How a number is written; as a count, unless it says otherwise. */
  format?: (value: number) => string;
  /** The picture. */
  children: ReactNode;
}

/** A legend with totals over the picture, and the numbers as a table in its place when a person asks. */
export function ChartFrame({
  label,
  rows,
  series,
  totals,
  bucketMs,
  timeZone,
  hrefOf,
  format,
  children,
}: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false);
  const written = (value: number | undefined) => (value === undefined ? "–" : (format ?? formatCount)(value));
  const summary = `${label}: ${series.map((each) => `${each.label} ${written(totals[each.id])}`).join(", ")}`;
  return (
    <figure aria-label={summary} className="min-w-0">
      <figcaption className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs">
        {series.map((each) => (
          <span key={each.id} className="inline-flex items-center gap-1.5">
            <span aria-hidden className="size-2 rounded-[2px]" style={{ background: each.colour }} />
            <span className="text-muted">{each.label}</span>
            <span className="font-medium tabular-nums">{written(totals[each.id])}</span>
          </span>
        ))}
        <Button
          variant="ghost"
          size="icon-xs"
          className="ml-auto"
          aria-label={asTable ? `Show ${label} as a chart` : `Show ${label} as a table`}
          title={asTable ? "As a chart" : "As a table"}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? <BarChart3 aria-hidden /> : <Table2 aria-hidden />}
        </Button>
      </figcaption>
      {asTable ? (
        <ScrollArea label={`${label}, table`} className="max-h-64 rounded-md border border-line">
          <Table>
            <TableCaption>{label}</TableCaption>
            <TableHead className="sticky top-0 bg-surface">
              <TableRow>
                <TableHeaderCell>From</TableHeaderCell>
                {series.map((each) => (
                  <TableHeaderCell key={each.id} className="text-right">
                    {each.label}
                  </TableHeaderCell>
                ))}
              </TableRow>
            </TableHead>
            <TableBody>
              {rows.toReversed().map((row) => (
                <TableRow key={row.atMs}>
                  <TableCell className="whitespace-nowrap py-1">
                    {hrefOf === undefined ? (
                      formatTime(row.atMs, bucketStyle(bucketMs), timeZone)
                    ) : (
                      <Link href={hrefOf(row.atMs)} prefetch={false} className="underline-offset-4 hover:underline">
                        {formatTime(row.atMs, bucketStyle(bucketMs), timeZone)}
                      </Link>
                    )}
                  </TableCell>
                  {series.map((each) => (
                    <TableCell key={each.id} className="py-1 text-right tabular-nums">
                      {written(row.counts[each.id])}
                    </TableCell>
                  ))}
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </ScrollArea>
      ) : (
        <div aria-hidden>{children}</div>
      )}
    </figure>
  );
}
