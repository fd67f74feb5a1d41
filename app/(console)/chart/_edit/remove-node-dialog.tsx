"use client";
import { remove } from "@/app/(console)/chart/actions";
import type { OpenProps } from "@/app/(console)/chart/_edit/node-dialog";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { toast } from "@/components/ui/toast";
import type { ChartNode } from "@/lib/agents/chart-queries";

interface RemoveNodeDialogProps extends OpenProps {
  node: Pick<ChartNode, "id" | "kind" | "name">;
  onRemoved: () => void;
}

/** Takes an empty team, or a person's place, out of the chart. The roles on it go with it, so that it asks why. */
export function RemoveNodeDialog({ node, onRemoved, ...open }: RemoveNodeDialogProps) {
  return (
    <ReasonDialog
      {...open}
      title={`Remove ${node.name}`}
      description={
        node.kind === "team"
          ? "Roles that people hold on it end. It must be empty: retired agents below move up. This cannot be undone."
          : "The person keeps the account; roles held on this place end. This cannot be undone."
      }
      confirm="Remove"
      action={(fields) => remove({ id: node.id, reason: fields.text("reason") })}
      onDone={() => {
        toast.success(`${node.name} is removed`);
        onRemoved();
      }}
    />
  );
}
