import Link from "next/link";

import { TierStep } from "@/app/(console)/autonomy/_components/tier-step";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Tone } from "@/components/ui/tone";
import type { PromotionRow } from "@/lib/promotions/queries";
import type { PromotionState } from "@/lib/promotions/schemas";

const STATES: Record<PromotionState, { label: string; tone: Tone }> = {
  pending: { label: "Waits", tone: "escalate" },
  approved: { label: "Approved", tone: "allow" },
  rejected: { label: "Rejected", tone: "deny" },
  withdrawn: { label: "Withdrawn", tone: "neutral" },
};

export function DecidedTable({ promotions }: { promotions: readonly PromotionRow[] }) {
  return (
    <Table>
      <TableCaption>Decided promotions</TableCaption>
      <TableHead>
        <TableRow>
          <TableHeaderCell>Agent</TableHeaderCell>
          <TableHeaderCell>Tier</TableHeaderCell>
          <TableHeaderCell>State</TableHeaderCell>
          <TableHeaderCell>Asked by</TableHeaderCell>
          <TableHeaderCell>Decided by</TableHeaderCell>
          <TableHeaderCell>Said</TableHeaderCell>
          <TableHeaderCell>When</TableHeaderCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {promotions.map((promotion) => (
          <TableRow key={promotion.id}>
            <TableCell>
              <Link
                href={`/agents/${promotion.agent.slug}/autonomy`}
                className="whitespace-nowrap rounded-sm font-medium underline-offset-4 hover:underline"
              >
                {promotion.agent.name}
              </Link>
            </TableCell>
            <TableCell>
              <TierStep from={promotion.fromTier} to={promotion.toTier} />
            </TableCell>
            <TableCell>
              <Badge tone={STATES[promotion.state].tone}>{STATES[promotion.state].label}</Badge>
            </TableCell>
            <TableCell>{promotion.requestedBy ?? "Remit"}</TableCell>
            <TableCell>{promotion.decidedBy ?? "–"}</TableCell>
            <TableCell className="max-w-80 text-muted">{promotion.comment ?? "–"}</TableCell>
            <TableCell className="whitespace-nowrap">
              {promotion.decidedAt && <Time value={promotion.decidedAt} />}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
