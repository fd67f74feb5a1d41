"use client";
import { KeySquare } from "lucide-react";
import Link from "next/link";
import { useState } from "react";

import { giveGrantsBack, removeGrants } from "@/app/(console)/autonomy/actions";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Checkbox } from "@/components/ui/checkbox";
import { Code } from "@/components/ui/code-block";
import { EmptyState } from "@/components/ui/empty-state";
import { formatPlural } from "@/components/ui/format/number";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import type { UnusedGrant } from "@/lib/agents/unused-grants";

interface UnusedListProps {
  grants: readonly UnusedGrant[];
  ofOneAgent: boolean;
  /** When the first could stand here, where none does. */
  firstAt?: Date | null;
}

/** Unused grants with boxes: what is chosen is taken back in one step, and can be given back in one. */
export function UnusedList({ grants, ofOneAgent, firstAt = null }: UnusedListProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const removable = grants.filter((grant) => grant.mayRemove).map((grant) => grant.id);
  const ids = removable.filter((id) => chosen.has(id));
  const back = useAction(giveGrantsBack);
  const { run, pending } = useAction(removeGrants, {
    onSuccess: (removed) => {
      setChosen(new Set());
      toast.undo(`${formatPlural(removed.ids.length, "grant")} taken back`, () => back.run({ ids: removed.ids }));
    },
  });
  const toggle = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  if (grants.length === 0) {
    return (
      <Card>
        <EmptyState
          icon={KeySquare}
          title="No unused grants"
          description={
            <>
              A grant that was of no use for 30 days is listed here, to be taken back in one step.{" "}
              {firstAt === null ? (
                "No agent has a grant yet."
              ) : (
                <>
                  The earliest is <Time value={firstAt} format="date" />.
                </>
              )}
            </>
          }
          action={
            firstAt === null && (
              <Button asChild>
                <Link href="/agents">To the agents</Link>
              </Button>
            )
          }
        />
      </Card>
    );
  }
  const all = removable.length > 0 && ids.length === removable.length;
  return (
    <Card>
      <CardHeader
        title={formatPlural(grants.length, "unused grant")}
        description="Of no use for 30 days, neither to the agent nor to one below it or delegated to."
        actions={
          removable.length > 0 && (
            <Button
              variant="danger-quiet"
              size="sm"
              disabled={ids.length === 0}
              pending={pending}
              onClick={() => run({ ids })}
            >
              {ids.length === 0 ? "Take back" : `Take back ${ids.length}`}
            </Button>
          )
        }
      />
      <Table>
        <TableCaption>Unused grants</TableCaption>
        <TableHead>
          <TableRow>
            {removable.length > 0 && (
              <TableHeaderCell className="w-8 pr-0">
                <Checkbox
                  aria-label="Choose all"
                  checked={all ? true : ids.length > 0 ? "indeterminate" : false}
                  onCheckedChange={(on) => setChosen(new Set(on === true ? removable : []))}
                />
              </TableHeaderCell>
            )}
            {!ofOneAgent && <TableHeaderCell>Agent</TableHeaderCell>}
            <TableHeaderCell>Pattern</TableHeaderCell>
            <TableHeaderCell>Only if</TableHeaderCell>
            <TableHeaderCell>Given</TableHeaderCell>
            <TableHeaderCell>Last use</TableHeaderCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {grants.map((grant) => (
            <TableRow key={grant.id}>
              {removable.length > 0 && (
                <TableCell className="w-8 pr-0">
                  <Checkbox
                    aria-label={`Choose ${grant.pattern} of ${grant.agent.name}`}
                    disabled={!grant.mayRemove}
                    checked={chosen.has(grant.id)}
                    onCheckedChange={(on) => toggle(grant.id, on === true)}
                  />
                </TableCell>
              )}
              {!ofOneAgent && (
                <TableCell>
                  <Link
                    href={`/agents/${grant.agent.slug}/authority`}
                    className="rounded-sm font-medium underline-offset-4 hover:underline"
                  >
                    {grant.agent.name}
                  </Link>
                </TableCell>
              )}
              <TableCell>
                <Code>{grant.pattern}</Code>
              </TableCell>
              <TableCell>
                {grant.condition === null ? <span className="text-faint">–</span> : <Code>{grant.condition}</Code>}
              </TableCell>
              <TableCell className="whitespace-nowrap">
                <Time value={grant.createdAt} />
              </TableCell>
              <TableCell className="whitespace-nowrap">
                {grant.lastUsedAt === null ? (
                  <span className="text-muted">never</span>
                ) : (
                  <Time value={grant.lastUsedAt} />
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
