import Link from "next/link";

import { OutcomeBadge } from "@/app/(console)/_components/outcome-badge";
import { AgentChip } from "@/components/domain/agent-chip";
import { AgentStatusBadge } from "@/components/domain/agent-status-badge";
import { TierBadge } from "@/components/domain/tier-badge";
import { Code } from "@/components/ui/code-block";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Holder } from "@/lib/catalogue/queries";

export function HoldersTable({ holders }: { holders: readonly Holder[] }) {
  return (
    <Table>
      <TableCaption>Agents that hold this action</TableCaption>
      <TableHead>
        <TableRow>
          <TableHeaderCell>Agent</TableHeaderCell>
          <TableHeaderCell>Status</TableHeaderCell>
          <TableHeaderCell>Tier</TableHeaderCell>
          <TableHeaderCell>Comes to</TableHeaderCell>
          <TableHeaderCell>Granted by</TableHeaderCell>
          <TableHeaderCell>Last use</TableHeaderCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {holders.map((holder) => (
          <TableRow key={holder.id} className="relative hover:bg-surface-2">
            <TableCell>
              <Link href={`/agents/${holder.slug}/authority`} className="font-medium after:absolute after:inset-0">
                <AgentChip name={holder.name} slug={holder.slug} />
              </Link>
            </TableCell>
            <TableCell>
              <AgentStatusBadge status={holder.status} />
            </TableCell>
            <TableCell>
              <TierBadge tier={holder.tier} />
            </TableCell>
            <TableCell>
              <OutcomeBadge effect={holder.outcome.effect} />
            </TableCell>
            <TableCell>
              <span className="flex flex-wrap gap-1">
                {holder.patterns.map((pattern) => (
                  <Code key={pattern}>{pattern}</Code>
                ))}
              </span>
            </TableCell>
            <TableCell>
              {holder.lastUsedAt === null ? (
                <span className="text-faint">never</span>
              ) : (
                <Time value={holder.lastUsedAt} />
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
