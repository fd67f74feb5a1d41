"use client";
import { Link2, Pencil } from "lucide-react";
import { useState } from "react";
import { SecretOnce } from "@/app/(console)/settings/webhooks/_components/secret-once";
import { DialogActions } from "@/components/form/dialog-actions";
import { TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { saveAddress } from "../actions";

interface ReceiverDialogProps {
  system: { id: string; name: string };
  /** It has one: only the address changes. */
  exists: boolean;
}

/** Says where a system takes its rollbacks; the signing secret of a new one is shown once. */
export function ReceiverDialog({ system, exists }: ReceiverDialogProps) {
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const change = (next: boolean) => {
    setOpen(next);
    if (!next) setSecret(null);
  };
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        {exists ? (
          <Button size="sm">
            <Pencil aria-hidden />
            Change address
          </Button>
        ) : (
          <Button size="sm" variant="primary">
            <Link2 aria-hidden />
            Set up a receiver
          </Button>
        )}
      </DialogTrigger>
      {secret !== null ? (
        <SecretOnce secret={secret} description={`${system.name} is called for rollbacks from now on.`} />
      ) : (
        <DialogContent
          title={exists ? "Change the receiver’s address" : `Receiver of ${system.name}`}
          description="Remit calls it when a person has something undone, with arguments that may be personal data."
        >
          <Form
            className="min-h-0 gap-0"
            action={(fields) => saveAddress({ systemId: system.id, url: fields.text("url") })}
            onSuccess={(saved) => {
              if (saved.secret !== null) setSecret(saved.secret);
              else {
                change(false);
                toast.success("Saved");
              }
            }}
          >
            <DialogBody className="flex flex-col gap-4 pt-1">
              <TextField
                name="url"
                label="Address"
                required
                type="url"
                maxLength={2_000}
                autoComplete="off"
                spellCheck={false}
                placeholder="https://example.com/hooks/rollback"
                hint={
                  exists
                    ? "The address so far is not shown again. The secret stays."
                    : "Over https, and not in a private network."
                }
              />
            </DialogBody>
            <DialogActions>
              <SubmitButton>{exists ? "Save" : "Set it up"}</SubmitButton>
            </DialogActions>
          </Form>
        </DialogContent>
      )}
    </Dialog>
  );
}
