"use client";
import { useRouter } from "next/navigation";

import { dismiss, requeue } from "@/app/(console)/catalogue/actions";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

/** Takes it off the queue: nobody means to classify it. */
export function DismissButton({ action }: { action: string }) {
  const router = useRouter();
  const back = useAction(requeue);
  return (
    <ReasonDialog
      title={`Dismiss ${action}`}
      description="It leaves the queue. Requests for it are decided as before: a person is asked where it is granted, else it is denied."
      confirm="Dismiss"
      tone="primary"
      placeholder="A typo of the agent's; nothing of ours."
      action={(fields) => dismiss({ action, reason: fields.text("reason") })}
      onDone={() => {
        toast.undo(`${action} is dismissed`, () => back.run({ id: action }));
        router.push("/catalogue/unclassified");
      }}
      trigger={<Button>Dismiss</Button>}
    />
  );
}
