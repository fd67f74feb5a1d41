import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { ReceiverView } from "@/lib/rollbacks/receiver-queries";

/** The last calls of a receiver. */
export function CallsTable({ calls }: { calls: ReceiverView["calls"] }) {
  return (
    <Table>
      <TableCaption>Last calls</TableCaption>
      <TableHead>
        <TableRow>
          <TableHeaderCell>Rollback</TableHeaderCell>
          <TableHeaderCell>Answer</TableHeaderCell>
          <TableHeaderCell className="text-right">Took</TableHeaderCell>
          <TableHeaderCell>When</TableHeaderCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {calls.map((call) => (
          <TableRow key={`${call.rollbackId}:${call.at.toISOString()}`}>
            <TableCell>
              <Link
                href={`/reviews/${call.reviewId}`}
                className="rounded-sm font-mono text-xs underline-offset-4 hover:underline"
              >
                {call.action}
              </Link>
            </TableCell>
            <TableCell>
              <Badge tone={call.error === null ? "allow" : "deny"}>{call.error ?? String(call.statusCode ?? "")}</Badge>
            </TableCell>
            <TableCell className="text-right tabular-nums">
              {call.durationMs === null ? "–" : `${call.durationMs} ms`}
            </TableCell>
            <TableCell>
              <Time value={call.at} className="text-muted" />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
