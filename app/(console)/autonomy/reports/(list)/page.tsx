import { CalendarCheck } from "lucide-react";
import Link from "next/link";

import { AutonomyTabs } from "@/app/(console)/autonomy/_components/autonomy-tabs";
import { monthOf } from "@/app/(console)/autonomy/reports/month-of";
import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/components/ui/format/number";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { listReports } from "@/lib/agents/unused-report";
import { requireViewer } from "@/lib/auth/session";

export const metadata = { title: "Monthly reports" };

export default async function ReportsPage() {
  const viewer = await requireViewer("chart.read");
  const reports = await listReports(viewer);
  return (
    <Page>
      <Crumbs items={[{ label: "Monthly reports" }]} />
      <Live topics={["agents"]} />
      <PageHeader
        title="Monthly reports"
        description="Which grants nobody used, written down at the beginning of each month, and what became of them."
      />
      <AutonomyTabs />
      <Card>
        {reports.length === 0 ? (
          <EmptyState icon={CalendarCheck} title="No report yet" description="The worker writes one each month." />
        ) : (
          <Table>
            <TableCaption>Monthly reports</TableCaption>
            <TableHead>
              <TableRow>
                <TableHeaderCell>Month</TableHeaderCell>
                <TableHeaderCell className="text-right">Unused grants</TableHeaderCell>
                <TableHeaderCell className="text-right">Taken back since</TableHeaderCell>
                <TableHeaderCell className="text-right">Written</TableHeaderCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {reports.map((report) => (
                <TableRow key={report.id} className="relative hover:bg-surface-2">
                  <TableCell>
                    <Link href={`/autonomy/reports/${report.id}`} className="font-medium after:absolute after:inset-0">
                      {monthOf(report.period)}
                    </Link>
                  </TableCell>
                  <TableCell className="text-right tabular-nums">{formatCount(report.unused)}</TableCell>
                  <TableCell className="text-right tabular-nums">{formatCount(report.removed)}</TableCell>
                  <TableCell className="text-right">
                    <Time value={report.createdAt} />
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
