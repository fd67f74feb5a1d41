import { ShieldCheck } from "lucide-react";
import Link from "next/link";

import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount, formatPlural } from "@/components/ui/format/number";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import type { Viewer } from "@/lib/auth/viewer";
import { isDecisionCode, publicMessage } from "@/lib/decisions/codes";
import { actionTitle } from "@/lib/decisions/words";
import { SPANS, type Span } from "@/lib/overview/buckets";
import { mostDenied } from "@/lib/overview/queries";

/** What is refused most, and why: where a grant, a tier or a policy may be wrong. */
export async function DeniedCard({ viewer, span }: { viewer: Viewer; span: Span }) {
  const rows = await mostDenied(viewer, span);
  const most = Math.max(1, ...rows.map((row) => row.count));
  return (
    <Card>
      <CardHeader title="Denied most" description={`Last ${SPANS[span].label}`} />
      {rows.length === 0 ? (
        <EmptyState icon={ShieldCheck} title="Nothing was denied" />
      ) : (
        <Table>
          <TableCaption>Actions denied most</TableCaption>
          <TableHead>
            <TableRow>
              <TableHeaderCell>Action</TableHeaderCell>
              <TableHeaderCell>Why</TableHeaderCell>
              <TableHeaderCell className="text-right">Agents</TableHeaderCell>
              <TableHeaderCell className="text-right">Times</TableHeaderCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map((row) => (
              <TableRow key={`${row.action} ${row.code}`}>
                <TableCell>
                  <Link
                    href={`/catalogue/${row.action}`}
                    className="rounded-sm font-medium underline-offset-4 hover:underline"
                  >
                    {actionTitle(row.action, row.title)}
                  </Link>
                  <span className="block font-mono text-xs text-muted">{row.action}</span>
                </TableCell>
                <TableCell className="min-w-40 text-muted" title={row.code}>
                  {isDecisionCode(row.code) ? publicMessage(row.code) : row.code}
                </TableCell>
                <TableCell className="text-right tabular-nums">{formatCount(row.agents)}</TableCell>
                <TableCell className="w-28 text-right tabular-nums">
                  <span className="sr-only">{formatPlural(row.count, "time")}</span>
                  <span aria-hidden className="flex items-center justify-end gap-2">
                    <span className="h-1.5 rounded-full bg-deny" style={{ width: `${(row.count / most) * 48}px` }} />
                    {formatCount(row.count)}
                  </span>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}
