"use client";
import { useState } from "react";

import { move } from "@/app/(console)/chart/actions";
import type { ChartState } from "@/app/(console)/chart/_components/use-chart";
import { placeOptions } from "@/app/(console)/chart/_edit/choices";
import { NodeDialog, type OpenProps } from "@/app/(console)/chart/_edit/node-dialog";
import { ChoiceField } from "@/components/form/choice-field";
import { useAction } from "@/components/form/use-action";
import { toast } from "@/components/ui/toast";
import type { ChartChoices } from "@/lib/agents/chart-choices";
import type { ChartNode } from "@/lib/agents/chart-queries";
import { subtree } from "@/lib/agents/tree";

interface MoveNodeDialogProps extends OpenProps {
  node: ChartNode;
  chart: ChartState;
  choices: ChartChoices;
}

/** Takes a node, with all below it, to another place; what it was can be had back at once. */
export function MoveNodeDialog({ node, chart, choices, ...open }: MoveNodeDialogProps) {
  const own = subtree(chart.nodes, [node.id]);
  const places = choices.places.filter((place) => !own.has(place.id));
  const back = useAction(move);
  // Where it stood when this was opened: by the time that the answer is here, the page may know the new place.
  const [{ from, position }] = useState({ from: node.parentId, position: node.position });
  return (
    <NodeDialog
      {...open}
      title={`Move ${node.name}`}
      description="With all that stands below it. Authority, approvers, sight and envelopes follow the new place, from the next decision on."
      confirm="Move"
      action={async (fields) => {
        const parentId = fields.text("parentId");
        const moved = await move({ id: node.id, parentId });
        return moved.ok ? { ok: true, value: parentId } : moved;
      }}
      onDone={(parentId) => {
        open.onOpenChange(false);
        chart.lookBelow(parentId, node.id);
        if (from === null || from === parentId) return;
        toast.undo(`${node.name} is moved`, () => back.run({ id: node.id, parentId: from, position }));
      }}
    >
      <ChoiceField
        name="parentId"
        label="Stands below"
        required
        options={placeOptions(places)}
        {...(from !== null && { defaultValue: from })}
      />
    </NodeDialog>
  );
}
