"use client";
import { Archive } from "lucide-react";
import Link from "next/link";

import { retireWholeSystem, reviveMany } from "@/app/(console)/catalogue/actions";
import { catalogueParams } from "@/app/(console)/catalogue/search-params";
import { SystemDialog } from "@/app/(console)/catalogue/systems/_components/system-dialog";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { formatCount, formatPlural } from "@/components/ui/format/number";
import { Table, TableBody, TableCaption, TableCell, TableHead, TableHeaderCell, TableRow } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";

interface SystemRow {
  id: string;
  name: string;
  description: string | null;
  /** In use. */
  actions: number;
  /** It has a receiver, which is called for rollbacks; else agents' software fetches them. */
  called: boolean;
}

export function SystemsTable({ systems, mayWrite }: { systems: readonly SystemRow[]; mayWrite: boolean }) {
  return (
    <Table>
      <TableCaption>Systems</TableCaption>
      <TableHead>
        <TableRow>
          <TableHeaderCell>System</TableHeaderCell>
          <TableHeaderCell>Id</TableHeaderCell>
          <TableHeaderCell className="max-md:hidden">Description</TableHeaderCell>
          <TableHeaderCell className="text-right">Actions</TableHeaderCell>
          <TableHeaderCell className="max-md:hidden">Rollbacks</TableHeaderCell>
          {mayWrite && <TableHeaderCell aria-label="Edit" />}
        </TableRow>
      </TableHead>
      <TableBody>
        {systems.map((system) => (
          <TableRow key={system.id}>
            <TableCell>
              <Link
                href={catalogueParams.href("/catalogue", { system: [system.id] })}
                className="rounded-sm font-medium underline-offset-4 hover:underline"
              >
                {system.name}
              </Link>
            </TableCell>
            <TableCell className="font-mono text-xs leading-5">{system.id}</TableCell>
            <TableCell className="max-w-96 text-muted max-md:hidden">{system.description ?? "–"}</TableCell>
            <TableCell className="text-right tabular-nums">{formatCount(system.actions)}</TableCell>
            <TableCell className="max-md:hidden">
              <Link
                href={`/catalogue/systems/${system.id}`}
                className="rounded-sm text-muted underline-offset-4 hover:text-foreground hover:underline"
              >
                {system.called ? "Called" : "Fetched"}
              </Link>
            </TableCell>
            {mayWrite && (
              <TableCell className="py-0.5 text-right">
                <span className="inline-flex">
                  <SystemDialog system={system} />
                  <RetireButton system={system} />
                </span>
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function RetireButton({ system }: { system: SystemRow }) {
  const back = useAction(reviveMany);
  const { run, pending } = useAction(retireWholeSystem, {
    onSuccess: ({ ids }) =>
      toast.undo(`${formatPlural(ids.length, "action")} of ${system.name} retired`, () => back.run({ ids })),
  });
  return (
    <Button
      variant="ghost"
      size="icon-sm"
      aria-label={`Retire ${system.name}`}
      title="Retire every action of it"
      disabled={system.actions === 0}
      pending={pending}
      onClick={() => run({ id: system.id })}
    >
      <Archive aria-hidden />
    </Button>
  );
}
