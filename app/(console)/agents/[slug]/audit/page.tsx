import { ScrollText } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";

import { loadAgent, type AgentPageProps } from "@/app/(console)/agents/[slug]/_components/load-agent";
import { Actor } from "@/app/(console)/audit/_components/actor";
import { recordHref } from "@/app/(console)/audit/_components/record-href";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { listAuditRecords } from "@/lib/audit/queries";

export default async function AgentAuditPage({ params }: AgentPageProps) {
  const { viewer, agent } = await loadAgent((await params).slug);
  if (!agent.may.readAudit) notFound();
  const { rows } = await listAuditRecords(viewer, { node: agent.slug, take: 50 });
  return (
    <Card>
      <CardHeader
        title="Newest records"
        description="Of this agent and what stands below it."
        actions={
          <Button asChild size="sm">
            <Link href={`/audit?node=${agent.slug}`}>All records</Link>
          </Button>
        }
      />
      {rows.length === 0 ? (
        <EmptyState
          icon={ScrollText}
          title="No records yet"
          description="Every change and every decision is recorded as it happens."
        />
      ) : (
        <Table>
          <TableCaption>Newest audit records of {agent.name}</TableCaption>
          <TableHead>
            <TableRow>
              <TableHeaderCell>What</TableHeaderCell>
              <TableHeaderCell>Who</TableHeaderCell>
              <TableHeaderCell className="text-right">When</TableHeaderCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {rows.map((record) => (
              <TableRow key={`${record.stream} ${record.seq}`} className="relative hover:bg-surface-2">
                <TableCell className="max-w-0 w-full">
                  <Link href={recordHref(record)} className="flex items-baseline gap-2 after:absolute after:inset-0">
                    <span className="shrink-0 font-mono text-xs">{record.action}</span>
                    <span className="truncate text-muted">{record.summary}</span>
                  </Link>
                </TableCell>
                <TableCell className="whitespace-nowrap">
                  <Actor actor={record.actor} linked={false} />
                </TableCell>
                <TableCell className="text-right">
                  <Time value={record.at} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}
