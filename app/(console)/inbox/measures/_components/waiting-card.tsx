import { Inbox } from "lucide-react";
import Link from "next/link";

import { outcomesParams, OUTCOMES } from "@/app/(console)/inbox/measures/search-params";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/components/ui/format/number";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { AGES } from "@/lib/measures/ages";
import type { WaitingAge } from "@/lib/measures/waiting";

const RISKS = [
  { id: "high", label: "High", colour: "bg-deny" },
  { id: "medium", label: "Medium", colour: "bg-escalate" },
  { id: "low", label: "Low", colour: "bg-neutral" },
] as const;

/** What waits now, by how long and how risky. */
export function WaitingCard({ ages, agents }: { ages: readonly WaitingAge[]; agents: readonly string[] }) {
  const total = ages.reduce((sum, age) => sum + age.total, 0);
  const most = Math.max(1, ...ages.map((age) => age.total));
  return (
    <Card>
      <CardHeader title="Waiting now" description="By how long they have waited, whatever days are chosen above" />
      {total === 0 ? (
        <EmptyState icon={Inbox} title="Nothing waits" />
      ) : (
        <Table>
          <TableCaption>Approvals that wait, by how long</TableCaption>
          <TableHead>
            <TableRow>
              <TableHeaderCell>Waited</TableHeaderCell>
              <TableHeaderCell className="hidden w-full sm:table-cell">
                <span className="sr-only">Share</span>
              </TableHeaderCell>
              {RISKS.map(({ id, label }) => (
                <TableHeaderCell key={id} className="text-right">
                  {label}
                </TableHeaderCell>
              ))}
              <TableHeaderCell className="text-right">All</TableHeaderCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {AGES.map(({ id, label }, index) => {
              const age = ages[index];
              if (!age) return null;
              return (
                <TableRow key={id}>
                  <TableCell className="whitespace-nowrap">
                    {age.total === 0 ? (
                      <span className="text-muted">{label}</span>
                    ) : (
                      <Link
                        href={outcomesParams.href(OUTCOMES, { age: [id], agent: [...agents] })}
                        className="rounded-sm font-medium underline-offset-4 hover:underline"
                      >
                        {label}
                      </Link>
                    )}
                  </TableCell>
                  <TableCell aria-hidden className="hidden sm:table-cell">
                    <span className="mt-1.5 flex h-2 overflow-hidden rounded-full">
                      {RISKS.map((risk) => (
                        <span
                          key={risk.id}
                          className={risk.colour}
                          style={{ width: `${(age.counts[risk.id] / most) * 100}%` }}
                        />
                      ))}
                    </span>
                  </TableCell>
                  {RISKS.map((risk) => (
                    <TableCell key={risk.id} className="text-right tabular-nums">
                      {formatCount(age.counts[risk.id])}
                    </TableCell>
                  ))}
                  <TableCell className="text-right font-medium tabular-nums">{formatCount(age.total)}</TableCell>
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}
