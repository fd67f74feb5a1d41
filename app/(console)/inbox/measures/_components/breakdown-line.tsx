import { Eye } from "lucide-react";
import Link from "next/link";

import type { BreakdownRow } from "@/app/(console)/inbox/measures/_components/breakdown-rows";
import { outcomesHref, type By } from "@/app/(console)/inbox/measures/search-params";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { Duration } from "@/components/ui/duration";
import { formatCount, formatPercent } from "@/components/ui/format/number";
import { TableCell, TableRow } from "@/components/ui/table";
import { OVERTURNED } from "@/lib/measures/outcomes";
import type { MeasureFilter } from "@/lib/measures/queries";
import { looksUnread } from "@/lib/measures/tally";

interface BreakdownLineProps {
  row: BreakdownRow;
  by: By;
  filter: MeasureFilter;
  /** The longest bar's number. */
  most: number;
}

type Narrowing = NonNullable<Parameters<typeof outcomesHref>[1]>;

/** Each number leads to the approvals that it counts. */
export function BreakdownLine({ row: { key, name, detail, href, tally }, by, filter, most }: BreakdownLineProps) {
  const own: Narrowing = { [{ reviewer: "reviewer", rule: "cause", agent: "agent", action: "action" }[by]]: [key] };
  const number = (value: number, more: Narrowing, tone?: string, text?: string) =>
    value === 0 ? (
      <span className="text-faint">{text ?? "0"}</span>
    ) : (
      <Link
        href={outcomesHref(filter, { ...own, ...more })}
        prefetch={false}
        className={cn("rounded-sm underline-offset-4 hover:underline", tone)}
      >
        {text ?? formatCount(value)}
      </Link>
    );
  const cell = "text-right whitespace-nowrap tabular-nums";
  return (
    <TableRow>
      <TableCell className="min-w-44">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {href === null ? (
            <span className="font-medium">{name}</span>
          ) : (
            <Link href={href} className="rounded-sm font-medium underline-offset-4 hover:underline">
              {name}
            </Link>
          )}
          {detail !== null && <span className="font-mono text-xs text-muted">{detail}</span>}
          {by === "reviewer" && looksUnread(tally) && (
            <Badge tone="info" icon={<Eye aria-hidden />}>
              Worth a look
            </Badge>
          )}
        </span>
        <span aria-hidden className="mt-1 flex h-1 w-full max-w-56 overflow-hidden rounded-full bg-surface-3">
          <span className="bg-allow" style={{ width: `${(tally.approved / most) * 100}%` }} />
          <span className="bg-deny" style={{ width: `${(tally.rejected / most) * 100}%` }} />
          <span className="bg-escalate" style={{ width: `${(tally.expired / most) * 100}%` }} />
        </span>
      </TableCell>
      <TableCell className={cell}>{number(tally.all, {})}</TableCell>
      <TableCell className={cell}>
        {number(
          tally.approved,
          { state: ["approved"] },
          undefined,
          tally.approvalRate === null ? "–" : formatPercent(tally.approvalRate),
        )}
      </TableCell>
      <TableCell className={cell}>{number(tally.rejected, { state: ["rejected"] })}</TableCell>
      {by !== "reviewer" && (
        <TableCell className={cell}>{number(tally.expired, { state: ["expired"] }, "text-escalate-text")}</TableCell>
      )}
      <TableCell className={cell}>
        {number(tally.overturned, { overturned: [...OVERTURNED] }, "text-deny-text")}
      </TableCell>
      <TableCell className={cell}>
        <Duration ms={tally.medianMs} />
      </TableCell>
      <TableCell className={cell}>
        <Duration ms={tally.p90Ms} />
      </TableCell>
      <TableCell className={cell}>
        <Duration ms={tally.medianSpentMs} />
      </TableCell>
      <TableCell className={cell}>
        {number(
          tally.quick,
          { looked: ["quick"] },
          undefined,
          tally.quickShare === null ? "–" : formatPercent(tally.quickShare),
        )}
      </TableCell>
    </TableRow>
  );
}
