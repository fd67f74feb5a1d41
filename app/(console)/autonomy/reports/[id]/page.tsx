import { KeySquare } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";

import { monthOf } from "@/app/(console)/autonomy/reports/month-of";
import { Crumbs } from "@/components/shell/crumbs";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Code } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import { formatPlural } from "@/components/ui/format/number";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Tone } from "@/components/ui/tone";
import { getReport, type ReportDetail } from "@/lib/agents/unused-report";
import { requireViewer } from "@/lib/auth/session";

export const metadata = { title: "Monthly report" };

const STATES: Record<ReportDetail["entries"][number]["state"], { label: string; tone: Tone }> = {
  live: { label: "Still unused", tone: "escalate" },
  used: { label: "Used since", tone: "allow" },
  removed: { label: "Taken back", tone: "neutral" },
};

export default async function ReportPage({ params }: { params: Promise<{ id: string }> }) {
  const viewer = await requireViewer("chart.read");
  const report = await getReport(viewer, (await params).id);
  if (report === null) notFound();
  return (
    <Page>
      <Crumbs items={[{ label: "Monthly reports", href: "/autonomy/reports" }, { label: monthOf(report.period) }]} />
      <PageHeader
        title={`Unused grants, ${monthOf(report.period)}`}
        description={
          <>
            {formatPlural(report.unused, "grant")} of no use for 30 days when this was written,{" "}
            <Time value={report.createdAt} format="minute" />. What became of them stands beside.
          </>
        }
        actions={
          <Button asChild>
            <Link href="/autonomy/grants">Unused now</Link>
          </Button>
        }
      />
      <Card>
        {report.entries.length === 0 ? (
          <EmptyState icon={KeySquare} title="Every grant was of use" />
        ) : (
          <Table>
            <TableCaption>Unused grants of that month</TableCaption>
            <TableHead>
              <TableRow>
                <TableHeaderCell>Agent</TableHeaderCell>
                <TableHeaderCell>Pattern</TableHeaderCell>
                <TableHeaderCell>Last use then</TableHeaderCell>
                <TableHeaderCell>Since</TableHeaderCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {report.entries.map((entry) => (
                <TableRow key={entry.grantId}>
                  <TableCell>
                    <Link
                      href={`/agents/${entry.slug}/authority`}
                      className="rounded-sm font-medium underline-offset-4 hover:underline"
                    >
                      {entry.agent}
                    </Link>
                  </TableCell>
                  <TableCell>
                    <Code>{entry.pattern}</Code>
                  </TableCell>
                  <TableCell>
                    {entry.lastUsedAt === null ? (
                      <span className="text-muted">never</span>
                    ) : (
                      <Time value={entry.lastUsedAt} />
                    )}
                  </TableCell>
                  <TableCell>
                    <Badge tone={STATES[entry.state].tone}>{STATES[entry.state].label}</Badge>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
      </Card>
    </Page>
  );
}
