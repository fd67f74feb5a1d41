"use client";
import { KeyRound, Unlink } from "lucide-react";
import { useState } from "react";
import { SecretOnce } from "@/app/(console)/settings/webhooks/_components/secret-once";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { forget, rotateSecret } from "../actions";

/** A new secret, or no receiver any more. */
export function ReceiverButtons({ systemId }: { systemId: string }) {
  const [secret, setSecret] = useState<string | null>(null);
  const rotating = useAction(rotateSecret, { onSuccess: (made) => setSecret(made.secret) });
  const removing = useAction(forget, { onSuccess: () => toast.success("The receiver was removed") });
  return (
    <>
      <Button size="sm" pending={rotating.pending} onClick={() => rotating.run({ systemId })}>
        <KeyRound aria-hidden />
        New secret
      </Button>
      <Button size="sm" variant="danger-quiet" pending={removing.pending} onClick={() => removing.run({ systemId })}>
        <Unlink aria-hidden />
        Remove
      </Button>
      <Dialog open={secret !== null} onOpenChange={(open) => open || setSecret(null)}>
        {secret !== null && <SecretOnce secret={secret} description="The one before signs beside it for a day." />}
      </Dialog>
    </>
  );
}
