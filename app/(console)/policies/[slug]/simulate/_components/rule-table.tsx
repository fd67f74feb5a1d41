import Link from "next/link";

import { Badge } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { formatCount } from "@/components/ui/format/number";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import type { Tone } from "@/components/ui/tone";
import type { RuleLine } from "@/lib/policies/simulation/views";

const CHANGES: Record<NonNullable<RuleLine["change"]>, { label: string; tone: Tone }> = {
  added: { label: "New", tone: "info" },
  changed: { label: "Changed", tone: "accent" },
  removed: { label: "Removed", tone: "neutral" },
};

/** Which rules the changes come from, and how often each holds before and after. */
export function RuleTable({ slug, rules }: { slug: string; rules: readonly RuleLine[] }) {
  return (
    <Card>
      <CardHeader title="By rule" description="How often each held, and how many outcomes change with it." />
      <Table>
        <TableCaption>Rules of the draft and of the version in force</TableCaption>
        <TableHead>
          <TableRow>
            <TableHeaderCell>Rule</TableHeaderCell>
            <TableHeaderCell className="text-right">In force</TableHeaderCell>
            <TableHeaderCell className="text-right">Draft</TableHeaderCell>
            <TableHeaderCell className="text-right">New hits</TableHeaderCell>
            <TableHeaderCell className="text-right">Lost hits</TableHeaderCell>
            <TableHeaderCell className="text-right">Outcomes changed</TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rules.map((rule) => (
            <TableRow key={rule.rule}>
              <TableCell className="min-w-44">
                <span className="flex flex-wrap items-center gap-1.5">
                  {rule.change === "removed" ? (
                    <span className="font-mono text-xs">{rule.rule}</span>
                  ) : (
                    <Link
                      href={`/policies/${slug}/edit?rule=${encodeURIComponent(rule.rule)}`}
                      className="font-mono text-xs hover:underline"
                    >
                      {rule.rule}
                    </Link>
                  )}
                  {rule.change !== null && <Badge tone={CHANGES[rule.change].tone}>{CHANGES[rule.change].label}</Badge>}
                  {rule.errors > 0 && (
                    <Badge tone="deny" title="Its condition could not be evaluated, so that it held for safety">
                      {formatCount(rule.errors)} errors
                    </Badge>
                  )}
                </span>
              </TableCell>
              <Count value={rule.before} muted />
              <Count value={rule.after} />
              <Count value={rule.newly} />
              <Count value={rule.nolonger} />
              <Count value={rule.changes} strong />
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}

function Count({ value, muted = false, strong = false }: { value: number; muted?: boolean; strong?: boolean }) {
  const look = value === 0 ? "text-faint" : strong ? "font-semibold" : muted ? "text-muted" : "";
  return <TableCell className={`text-right tabular-nums ${look}`}>{formatCount(value)}</TableCell>;
}
