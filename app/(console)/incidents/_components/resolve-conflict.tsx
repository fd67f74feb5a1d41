"use client";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { resolvePolicyConflict } from "../actions";

/** Says that a contradiction of rules has been seen to, and how. */
export function ResolveConflict({ id, size = "md", onDone }: { id: string; size?: "xs" | "md"; onDone?: () => void }) {
  return (
    <ReasonDialog
      title="Resolve this contradiction"
      description="It is raised again if the same two rules contradict each other once more."
      confirm="Resolve"
      tone="primary"
      label="What was done"
      placeholder="The allow names the two teams that it was meant for."
      action={(fields) => resolvePolicyConflict({ conflictId: id, note: fields.text("reason") })}
      onDone={() => {
        toast.success("The contradiction is resolved");
        onDone?.();
      }}
      trigger={
        <Button size={size} variant={size === "md" ? "primary" : "secondary"} data-act="approve">
          Resolve
        </Button>
      }
    />
  );
}
