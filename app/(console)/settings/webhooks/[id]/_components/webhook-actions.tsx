"use client";
import { CirclePause, CirclePlay, KeyRound, Pencil, Send, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { DialogActions } from "@/components/form/dialog-actions";
import { TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useAction } from "@/components/form/use-action";
import { AlertDialog, AlertDialogCancel, AlertDialogContent, AlertDialogTrigger } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { NoticeKind } from "@/lib/notify/kinds";
import { editWebhook, pause, remove, resume, rotateSecret, sendWebhookTest } from "../../actions";
import { EventBoxes } from "../../_components/event-boxes";
import { SecretOnce } from "../../_components/secret-once";

interface WebhookActionsProps {
  id: string;
  kind: "chat" | "signed";
  name: string;
  events: readonly NoticeKind[];
  paused: boolean;
}

export function WebhookActions(props: WebhookActionsProps) {
  const { id, kind, paused } = props;
  const pausing = useAction(pause, { onSuccess: () => toast.undo("Paused", () => resuming.run({ id })) });
  const testing = useAction(sendWebhookTest);
  const resuming = useAction(resume, { onSuccess: () => toast.success("Resumed: what waited is sent now") });
  return (
    <div className="flex flex-wrap items-center gap-2">
      {paused ? (
        <Button variant="primary" pending={resuming.pending} onClick={() => resuming.run({ id })}>
          <CirclePlay aria-hidden />
          Resume
        </Button>
      ) : (
        <>
          <Button pending={testing.pending} onClick={() => testing.run({ id })}>
            <Send aria-hidden />
            Send a test
          </Button>
          <Button pending={pausing.pending} onClick={() => pausing.run({ id })}>
            <CirclePause aria-hidden />
            Pause
          </Button>
        </>
      )}
      {kind === "signed" && <RotateSecret id={id} />}
      <EditWebhook {...props} />
      <RemoveWebhook id={id} />
    </div>
  );
}

function RotateSecret({ id }: { id: string }) {
  const [secret, setSecret] = useState<string | null>(null);
  const { run, pending } = useAction(rotateSecret, { onSuccess: (made) => setSecret(made.secret) });
  return (
    <>
      <Button pending={pending} onClick={() => run({ id })}>
        <KeyRound aria-hidden />
        New secret
      </Button>
      <Dialog open={secret !== null} onOpenChange={(open) => !open && setSecret(null)}>
        {secret !== null && (
          <SecretOnce
            secret={secret}
            description="The one before signs beside it for a day, so that nothing is missed."
          />
        )}
      </Dialog>
    </>
  );
}

function EditWebhook({ id, kind, name, events }: WebhookActionsProps) {
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState([...events]);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>
          <Pencil aria-hidden />
          Edit
        </Button>
      </DialogTrigger>
      <DialogContent className="max-w-lg" title="Edit the webhook">
        <Form
          className="min-h-0 gap-0"
          action={(fields) => {
            const url = fields.optional("url");
            return editWebhook({
              id,
              name: fields.text("name"),
              events: chosen,
              ...(url === undefined ? {} : { url }),
            });
          }}
          onSuccess={() => {
            setOpen(false);
            toast.success("Saved");
          }}
        >
          <DialogBody className="flex flex-col gap-4 pt-1">
            <TextField required name="name" label="Name" maxLength={80} defaultValue={name} autoComplete="off" />
            <TextField
              type="url"
              name="url"
              label="New address"
              autoComplete="off"
              placeholder={kind === "chat" ? "https://hooks.slack.com/services/…" : "https://example.com/hooks/remit"}
              hint="Empty keeps the one that is stored."
            />
            <EventBoxes chosen={chosen} onChange={setChosen} />
          </DialogBody>
          <DialogActions>
            <SubmitButton>Save</SubmitButton>
          </DialogActions>
        </Form>
      </DialogContent>
    </Dialog>
  );
}

function RemoveWebhook({ id }: { id: string }) {
  const router = useRouter();
  const { run, pending } = useAction(remove, { onSuccess: () => router.push("/settings/webhooks") });
  return (
    <AlertDialog>
      <AlertDialogTrigger asChild>
        <Button variant="danger-quiet">
          <Trash2 aria-hidden />
          Remove
        </Button>
      </AlertDialogTrigger>
      <AlertDialogContent
        title="Remove this webhook?"
        description="Its address and secret are destroyed, and what waits is not sent. This cannot be undone."
      >
        <DialogFooter>
          <AlertDialogCancel asChild>
            <Button variant="ghost">Cancel</Button>
          </AlertDialogCancel>
          <Button variant="danger" pending={pending} onClick={() => run({ id })}>
            Remove
          </Button>
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
