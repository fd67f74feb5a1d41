"use client";
import { revoke } from "@/app/(console)/agents/actions";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";

export function RevokeCredential({ id, name }: { id: string; name: string }) {
  return (
    <ReasonDialog
      title={`Revoke ${name}`}
      description="It starts no more runs, and the runs that it started are denied at their next decision. This cannot be undone."
      confirm="Revoke"
      action={(fields) => revoke({ id, reason: fields.text("reason") })}
      onDone={() => toast.success(`${name} is revoked`)}
      trigger={
        <Button variant="danger-quiet" size="xs">
          Revoke
        </Button>
      }
    />
  );
}
