import Link from "next/link";

import { Soon } from "@/components/domain/soon";
import { Avatar } from "@/components/ui/avatar";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import type { RotationListRow, TurnView } from "@/lib/rotations/views";

/** Rotations with who is on call and who comes next. */
export function RotationTable({ rows }: { rows: readonly RotationListRow[] }) {
  return (
    <Table>
      <TableCaption>Rotations</TableCaption>
      <TableHead>
        <TableRow>
          <TableHeaderCell>Rotation</TableHeaderCell>
          <TableHeaderCell>On call now</TableHeaderCell>
          <TableHeaderCell>Next</TableHeaderCell>
          <TableHeaderCell>Where</TableHeaderCell>
          <TableHeaderCell className="text-right">People</TableHeaderCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id} className="hover:bg-surface-2">
            <TableCell>
              <Link href={`/people/rotations/${row.slug}`} className="font-medium hover:underline">
                {row.name}
              </Link>
              <span className="block font-mono text-2xs text-muted">{row.slug}</span>
            </TableCell>
            <TableCell>
              {row.now ? <OnCall turn={row.now} until /> : <span className="text-muted">Not begun</span>}
            </TableCell>
            <TableCell>
              {row.next ? <OnCall turn={row.next} /> : <span className="text-muted">Nobody else</span>}
            </TableCell>
            <TableCell className="whitespace-nowrap text-muted">{row.node.name}</TableCell>
            <TableCell className="text-right tabular-nums" title={row.members.join(", ")}>
              {row.members.length}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function OnCall({ turn, until = false }: { turn: TurnView; until?: boolean }) {
  return (
    <span className="flex min-w-40 items-center gap-2">
      <Avatar name={turn.name} size="sm" />
      <span className="min-w-0">
        <span className="block truncate">{turn.name}</span>
        <span className="block text-xs text-muted">
          {until ? "until " : "from "}
          <Soon at={until ? turn.endsAt : turn.startsAt} />
          {turn.insteadOf !== null && ` for ${turn.insteadOf}`}
        </span>
      </span>
    </span>
  );
}
