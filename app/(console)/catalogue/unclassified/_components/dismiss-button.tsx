"use client";
import { dismiss } from "@/app/(console)/catalogue/actions";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { Button } from "@/components/ui/button";

/** Takes it off the queue: nobody means to classify it. The page then says so and offers the way back. */
export function DismissButton({ action }: { action: string }) {
  return (
    <ReasonDialog
      title={`Dismiss ${action}`}
      description="It leaves the queue. Requests for it are decided as before: a person is asked where it is granted, else it is denied."
      confirm="Dismiss"
      tone="primary"
      placeholder="A typo of the agent's; nothing of ours."
      action={(fields) => dismiss({ action, reason: fields.text("reason") })}
      trigger={<Button data-act="reject">Dismiss</Button>}
    />
  );
}
