"use client";
import { ArrowUpDown, Bot, ChevronDown, Pencil, Plus, Trash2, UserRound, UsersRound, Wallet } from "lucide-react";
import Link from "next/link";
import { useState } from "react";

import { NewAgentDialog } from "@/app/(console)/agents/_edit/new-agent-dialog";
import { nodeHref } from "@/app/(console)/chart/_components/node-href";
import type { ChartState } from "@/app/(console)/chart/_components/use-chart";
import { AddPersonDialog } from "@/app/(console)/chart/_edit/add-person-dialog";
import { AddTeamDialog } from "@/app/(console)/chart/_edit/add-team-dialog";
import { EditNodeDialog } from "@/app/(console)/chart/_edit/edit-node-dialog";
import { MoveNodeDialog } from "@/app/(console)/chart/_edit/move-node-dialog";
import { RemoveNodeDialog } from "@/app/(console)/chart/_edit/remove-node-dialog";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import type { ChartChoices } from "@/lib/agents/chart-choices";

interface ChartEditProps {
  chart: ChartState;
  choices: ChartChoices;
  viewerId: string;
}

type Act = "team" | "person" | "agent" | "edit" | "move" | "remove";

/** Adds below the node that is looked at, else below the topmost; edits, moves and removes that node. */
export function ChartEdit({ chart, choices, viewerId }: ChartEditProps) {
  // What the act is about is kept: the chart is redrawn under an open dialog when something happens.
  const [doing, setDoing] = useState<{ act: Act; id: string } | null>(null);
  const mayWrite = new Set(choices.places.map((place) => place.id));
  const looked = chart.current === null ? undefined : chart.byId.get(chart.current);
  const node = looked && mayWrite.has(looked.id) ? looked : undefined;
  const parent = node ?? choices.places[0];
  const about = doing === null ? undefined : chart.byId.get(doing.id);
  const close = (open: boolean) => !open && setDoing(null);
  const added = (parentId: string, id: string) => {
    setDoing(null);
    chart.lookBelow(parentId, id);
  };
  useHotkeys(
    [
      {
        keys: "m",
        label: "Move the node",
        group: "Chart",
        palette: true,
        run: () => node && setDoing({ act: "move", id: node.id }),
      },
    ],
    { enabled: node !== undefined && node.parentId !== null },
  );
  const dialog = { open: true, onOpenChange: close };
  return (
    <>
      {node && (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button>
              <span className="max-w-40 truncate">{node.name}</span>
              <ChevronDown aria-hidden className="text-muted" />
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent>
            {node.kind === "agent" ? (
              <DropdownMenuItem asChild>
                <Link href={nodeHref(node)}>
                  <Bot aria-hidden />
                  Open its page
                </Link>
              </DropdownMenuItem>
            ) : (
              <DropdownMenuItem onSelect={() => setDoing({ act: "edit", id: node.id })}>
                <Pencil aria-hidden />
                {node.kind === "team" ? "Name and lead …" : "Rename …"}
              </DropdownMenuItem>
            )}
            {node.envelope && (
              <DropdownMenuItem onSelect={() => chart.openEnvelope(node.id)}>
                <Wallet aria-hidden />
                Envelope …
              </DropdownMenuItem>
            )}
            {node.parentId !== null && (
              <DropdownMenuItem onSelect={() => setDoing({ act: "move", id: node.id })}>
                <ArrowUpDown aria-hidden />
                Move …
              </DropdownMenuItem>
            )}
            {node.parentId !== null && node.kind !== "agent" && (
              <>
                <DropdownMenuSeparator />
                <DropdownMenuItem tone="danger" onSelect={() => setDoing({ act: "remove", id: node.id })}>
                  <Trash2 aria-hidden />
                  Remove …
                </DropdownMenuItem>
              </>
            )}
          </DropdownMenuContent>
        </DropdownMenu>
      )}
      {parent && (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button variant="primary">
              <Plus aria-hidden />
              Add
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent>
            <DropdownMenuLabel>Below {parent.name}</DropdownMenuLabel>
            <DropdownMenuItem onSelect={() => setDoing({ act: "team", id: parent.id })}>
              <UsersRound aria-hidden />
              Team …
            </DropdownMenuItem>
            <DropdownMenuItem onSelect={() => setDoing({ act: "agent", id: parent.id })}>
              <Bot aria-hidden />
              Agent …
            </DropdownMenuItem>
            <DropdownMenuItem onSelect={() => setDoing({ act: "person", id: parent.id })}>
              <UserRound aria-hidden />
              Person …
            </DropdownMenuItem>
          </DropdownMenuContent>
        </DropdownMenu>
      )}
      {doing?.act === "team" && <AddTeamDialog {...dialog} choices={choices} parentId={doing.id} onAdded={added} />}
      {doing?.act === "person" && <AddPersonDialog {...dialog} choices={choices} parentId={doing.id} onAdded={added} />}
      {doing?.act === "agent" && (
        <NewAgentDialog {...dialog} choices={choices} parentId={doing.id} ownerId={viewerId} />
      )}
      {doing?.act === "edit" && about && <EditNodeDialog {...dialog} node={about} people={choices.people} />}
      {doing?.act === "move" && about && <MoveNodeDialog {...dialog} node={about} chart={chart} choices={choices} />}
      {doing?.act === "remove" && about && (
        <RemoveNodeDialog
          {...dialog}
          node={about}
          onRemoved={() => about.parentId !== null && chart.look(about.parentId)}
        />
      )}
    </>
  );
}
