"use client";
import { takeGrant } from "@/app/(console)/agents/actions";
import { giveGrantsBack } from "@/app/(console)/autonomy/actions";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

/** Takes one grant back at once, and gives it again when that was a slip. */
export function TakeGrant({ id, pattern }: { id: string; pattern: string }) {
  const back = useAction(giveGrantsBack);
  const { run, pending } = useAction(takeGrant, {
    onSuccess: () => toast.undo(`${pattern} is taken back`, () => back.run({ ids: [id] })),
  });
  return (
    <Button
      variant="danger-quiet"
      size="xs"
      pending={pending}
      aria-label={`Take back ${pattern}`}
      onClick={() => run({ id })}
    >
      Take back
    </Button>
  );
}
