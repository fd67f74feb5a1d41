import { Users } from "lucide-react";
import Link from "next/link";

import { breakdownRows } from "@/app/(console)/inbox/measures/_components/breakdown-rows";
import { BreakdownLine } from "@/app/(console)/inbox/measures/_components/breakdown-line";
import { BY, measuresParams, type By, type MeasuresQuery } from "@/app/(console)/inbox/measures/search-params";
import { Card, CardFooter, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableCaption, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { tabClasses, tabListClasses } from "@/components/ui/tabs";
import type { Viewer } from "@/lib/auth/viewer";
import type { MeasureFilter } from "@/lib/measures/queries";

const TABS: Record<By, { label: string; column: string }> = {
  reviewer: { label: "By reviewer", column: "Reviewer" },
  rule: { label: "By rule", column: "Asked by" },
  agent: { label: "By agent", column: "Agent" },
  action: { label: "By action", column: "Action" },
};

interface BreakdownProps {
  viewer: Viewer;
  query: MeasuresQuery;
  filter: MeasureFilter;
}

/** The same measures by who decided, what asked, who asked, or what for. */
export async function BreakdownCard({ viewer, query, filter }: BreakdownProps) {
  const rows = await breakdownRows(viewer, query.by, filter);
  const { label, column } = TABS[query.by];
  const most = Math.max(1, ...rows.map((row) => row.tally.all));
  return (
    <Card>
      <CardHeader
        title="Where they come from, and who decides"
        actions={
          <nav aria-label="By" className={tabListClasses}>
            {BY.map((by) => (
              <Link
                key={by}
                href={measuresParams.href("/inbox/measures", { ...query, by })}
                scroll={false}
                aria-current={by === query.by ? "page" : undefined}
                className={tabClasses}
              >
                {TABS[by].label}
              </Link>
            ))}
          </nav>
        }
      />
      {rows.length === 0 ? (
        <EmptyState icon={Users} title="Nothing ended in these days" />
      ) : (
        <Table>
          <TableCaption>Approvals, {label.toLowerCase()}</TableCaption>
          <TableHead>
            <TableRow>
              <TableHeaderCell className="w-full">{column}</TableHeaderCell>
              <TableHeaderCell className="text-right">Ended</TableHeaderCell>
              <TableHeaderCell className="text-right">Approved</TableHeaderCell>
              <TableHeaderCell className="text-right">Rejected</TableHeaderCell>
              {query.by !== "reviewer" && <TableHeaderCell className="text-right">Expired</TableHeaderCell>}
              <TableHeaderCell className="text-right">Overturned</TableHeaderCell>
              <TableHeaderCell className="text-right">Median time</TableHeaderCell>
              <TableHeaderCell className="text-right">90% within</TableHeaderCell>
              <TableHeaderCell className="text-right">With evidence</TableHeaderCell>
              <TableHeaderCell className="text-right">Under 5 s</TableHeaderCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map((row) => (
              <BreakdownLine key={row.key} row={row} by={query.by} filter={filter} most={most} />
            ))}
          </TableBody>
        </Table>
      )}
      <CardFooter>
        {query.by === "reviewer"
          ? "“With evidence” is the median time between opening the evidence and approving. Quick approvals are no fault by themselves: low risk taken in bulk looks the same. “Worth a look” marks where nearly everything was approved, half of it within five seconds."
          : "An approval that two rules asked for counts for both. Overturned: rolled back, taken back, or an incident in its run afterwards."}
      </CardFooter>
    </Card>
  );
}
