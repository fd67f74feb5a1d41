import { TakeGrant } from "@/app/(console)/agents/[slug]/_components/take-grant";
import { Badge } from "@/components/ui/badge";
import { Code } from "@/components/ui/code-block";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import type { Tone } from "@/components/ui/tone";
import type { GrantRow } from "@/lib/agents/authority-queries";

const STATES: Record<GrantRow["state"], { label: string; tone: Tone }> = {
  live: { label: "Live", tone: "allow" },
  expired: { label: "Expired", tone: "neutral" },
  revoked: { label: "Revoked", tone: "neutral" },
};

export function GrantsTable({ grants, mayTake }: { grants: readonly GrantRow[]; mayTake: boolean }) {
  return (
    <Table>
      <TableCaption>Grants of this agent</TableCaption>
      <TableHead>
        <TableRow>
          <TableHeaderCell>Pattern</TableHeaderCell>
          <TableHeaderCell>State</TableHeaderCell>
          <TableHeaderCell>Only if</TableHeaderCell>
          <TableHeaderCell>Given by</TableHeaderCell>
          <TableHeaderCell>Given</TableHeaderCell>
          <TableHeaderCell>Expires</TableHeaderCell>
          <TableHeaderCell>Last use</TableHeaderCell>
          {mayTake && (
            <TableHeaderCell>
              <span className="sr-only">Actions</span>
            </TableHeaderCell>
          )}
        </TableRow>
      </TableHead>
      <TableBody>
        {grants.map((grant) => (
          <TableRow key={grant.id} className={grant.state === "live" ? undefined : "text-muted"}>
            <TableCell>
              <Code className="whitespace-nowrap">{grant.pattern}</Code>
            </TableCell>
            <TableCell>
              <Badge tone={STATES[grant.state].tone}>{STATES[grant.state].label}</Badge>
            </TableCell>
            <TableCell>
              {grant.condition === null ? <span className="text-faint">–</span> : <Code>{grant.condition}</Code>}
            </TableCell>
            <TableCell>{grant.createdBy ?? "the operator"}</TableCell>
            <TableCell>
              <Time value={grant.createdAt} />
            </TableCell>
            <TableCell>
              {grant.expiresAt === null ? <span className="text-faint">never</span> : <Time value={grant.expiresAt} />}
            </TableCell>
            <TableCell>
              {grant.lastUsedAt === null ? (
                <span className="text-faint">never</span>
              ) : (
                <Time value={grant.lastUsedAt} />
              )}
            </TableCell>
            {mayTake && (
              <TableCell className="text-right">
                {grant.state !== "revoked" && <TakeGrant id={grant.id} pattern={grant.pattern} />}
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
