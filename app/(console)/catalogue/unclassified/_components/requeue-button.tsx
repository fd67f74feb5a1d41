"use client";
import { requeue } from "@/app/(console)/catalogue/actions";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

export function RequeueButton({ action }: { action: string }) {
  const { run, pending } = useAction(requeue, { onSuccess: () => toast.success(`${action} waits again`) });
  return (
    <Button size="xs" pending={pending} aria-label={`Put ${action} back`} onClick={() => run({ id: action })}>
      Put back
    </Button>
  );
}
