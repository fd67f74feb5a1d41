"use client";
import { checkpoint } from "@/app/(console)/audit/checkpoints/actions";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

/** Signs where every chain stands, now. */
export function MakeCheckpoint() {
  const { run, pending } = useAction(checkpoint, {
    onSuccess: ({ seq }) => toast.success(`Checkpoint ${seq} was made`),
  });
  return (
    <Button size="sm" pending={pending} onClick={() => run({})}>
      Make a checkpoint
    </Button>
  );
}
