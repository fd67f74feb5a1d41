import { TierStep } from "@/app/(console)/autonomy/_components/tier-step";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Tone } from "@/components/ui/tone";
import type { TierChange } from "@/lib/promotions/queries";

const HOW: Record<TierChange["how"], { label: string; tone: Tone }> = {
  created: { label: "Made", tone: "neutral" },
  promotion: { label: "Promoted", tone: "allow" },
  demotion: { label: "Demoted", tone: "escalate" },
  edit: { label: "Edited", tone: "neutral" },
};

export function TierHistory({ changes }: { changes: readonly TierChange[] }) {
  return (
    <Table>
      <TableCaption>Changes of the tier</TableCaption>
      <TableHead>
        <TableRow>
          <TableHeaderCell>Tier</TableHeaderCell>
          <TableHeaderCell>How</TableHeaderCell>
          <TableHeaderCell className="text-right">Version</TableHeaderCell>
          <TableHeaderCell>By</TableHeaderCell>
          <TableHeaderCell>Said</TableHeaderCell>
          <TableHeaderCell>When</TableHeaderCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {changes.map((change) => (
          <TableRow key={change.version}>
            <TableCell>
              <TierStep from={change.from} to={change.to} />
            </TableCell>
            <TableCell>
              <Badge tone={HOW[change.how].tone}>{HOW[change.how].label}</Badge>
            </TableCell>
            <TableCell className="text-right tabular-nums">v{change.version}</TableCell>
            <TableCell>{change.by ?? "the operator"}</TableCell>
            <TableCell className="max-w-96 text-muted">{change.reason ?? "–"}</TableCell>
            <TableCell className="whitespace-nowrap">
              <Time value={change.at} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
