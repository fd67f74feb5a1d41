import { ListTree } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";

import { UnpricedMark } from "@/app/(console)/_components/unpriced-mark";
import { loadAgent, type AgentPageProps } from "@/app/(console)/agents/[slug]/_components/load-agent";
import { RunStatusBadge } from "@/components/domain/run-status-badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Duration } from "@/components/ui/duration";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/components/ui/format/number";
import { Money } from "@/components/ui/money";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { recentRuns } from "@/lib/agents/agent-queries";

export default async function AgentRunsPage({ params }: AgentPageProps) {
  const { viewer, agent } = await loadAgent((await params).slug);
  if (!agent.may.readRuns) notFound();
  const runs = await recentRuns(viewer, agent.id, 50);
  return (
    <Card>
      <CardHeader
        title="Newest runs"
        actions={
          <Button asChild size="sm">
            <Link href={`/runs?agent=${agent.slug}`}>All runs</Link>
          </Button>
        }
      />
      {runs.length === 0 ? (
        <EmptyState
          icon={ListTree}
          title="No runs yet"
          description="A run appears as soon as the agent starts one with its credential."
        />
      ) : (
        <Table>
          <TableCaption>Newest runs of {agent.name}</TableCaption>
          <TableHead>
            <TableRow>
              <TableHeaderCell>Started</TableHeaderCell>
              <TableHeaderCell>State</TableHeaderCell>
              <TableHeaderCell>Trigger</TableHeaderCell>
              <TableHeaderCell className="text-right">Version</TableHeaderCell>
              <TableHeaderCell className="text-right">Took</TableHeaderCell>
              <TableHeaderCell className="text-right">Decisions</TableHeaderCell>
              <TableHeaderCell className="text-right">Denied</TableHeaderCell>
              <TableHeaderCell className="text-right">Escalated</TableHeaderCell>
              <TableHeaderCell className="text-right">Cost</TableHeaderCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {runs.map((run) => (
              <TableRow key={run.id} className="relative hover:bg-surface-2">
                <TableCell>
                  <Link href={`/runs/${run.id}`} className="font-medium after:absolute after:inset-0">
                    <Time value={run.startedAt} />
                  </Link>
                </TableCell>
                <TableCell>
                  <RunStatusBadge status={run.status} />
                </TableCell>
                <TableCell className="text-muted">
                  {run.trigger ?? "–"}
                  {run.mode === "shadow" && " · shadow"}
                </TableCell>
                <TableCell className="text-right tabular-nums">v{run.version}</TableCell>
                <TableCell className="text-right">
                  <Duration ms={run.endedAt === null ? null : run.endedAt.getTime() - run.startedAt.getTime()} />
                </TableCell>
                <TableCell className="text-right tabular-nums">{formatCount(run.decisions)}</TableCell>
                <TableCell className="text-right tabular-nums">{formatCount(run.denials)}</TableCell>
                <TableCell className="text-right tabular-nums">{formatCount(run.escalations)}</TableCell>
                <TableCell>
                  <span className="flex items-center justify-end gap-1">
                    <UnpricedMark calls={run.unpricedCalls} />
                    <Money microUsd={run.costMicroUsd} />
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
