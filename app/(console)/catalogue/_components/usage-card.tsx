import Link from "next/link";

import { CountChart } from "@/components/charts/count-chart";
import { EFFECTS } from "@/components/domain/effect-badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/components/ui/format/number";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { USAGE_DAYS, type ActionUsage } from "@/lib/catalogue/usage-queries";

const DAY_MS = 86_400_000;

/** How an action was used over the last 30 days, and by whom. `toMs` is the end of today (UTC). */
export function UsageCard({ usage, toMs }: { usage: ActionUsage; toMs: number }) {
  const points = usage.days.flatMap(({ day, allowed, escalated, denied }) => [
    { at: day.toISOString(), series: "allow", count: allowed },
    { at: day.toISOString(), series: "escalate", count: escalated },
    { at: day.toISOString(), series: "deny", count: denied },
  ]);
  return (
    <Card>
      <CardHeader
        title="Use"
        description="Requests of agents in your part of the chart, the last 30 days by day (UTC)."
      />
      {usage.agents.length === 0 ? (
        <EmptyState title="Nobody asked for it" description="Neither for real nor in a shadow run." />
      ) : (
        <>
          <CardBody>
            <CountChart
              label="Requests by day"
              points={points}
              series={[
                { id: "allow", label: "Allowed", colour: EFFECTS.allow.colour },
                { id: "escalate", label: "Escalated", colour: EFFECTS.escalate.colour },
                { id: "deny", label: "Denied", colour: EFFECTS.deny.colour },
              ]}
              fromMs={toMs - USAGE_DAYS * DAY_MS}
              toMs={toMs}
              bucketMs={DAY_MS}
              shape="bar"
              height={160}
            />
          </CardBody>
          <Table className="border-t border-line">
            <TableCaption>Agents that asked for it</TableCaption>
            <TableHead>
              <TableRow>
                <TableHeaderCell>Agent</TableHeaderCell>
                <TableHeaderCell className="text-right">Requests</TableHeaderCell>
                <TableHeaderCell className="text-right">Denied</TableHeaderCell>
                <TableHeaderCell className="text-right">Last</TableHeaderCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {usage.agents.map((agent) => (
                <TableRow key={agent.slug}>
                  <TableCell>
                    <Link
                      href={`/agents/${agent.slug}`}
                      className="rounded-sm font-medium underline-offset-4 hover:underline"
                    >
                      {agent.name}
                    </Link>
                  </TableCell>
                  <TableCell className="text-right tabular-nums">{formatCount(agent.requests)}</TableCell>
                  <TableCell className="text-right tabular-nums">{formatCount(agent.denied)}</TableCell>
                  <TableCell className="text-right">
                    <Time value={agent.lastAt} />
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </>
      )}
    </Card>
  );
}
