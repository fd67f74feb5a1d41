"use client";
import { DialogActions } from "@/components/form/dialog-actions";
import { TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import type { InboxFilter, View } from "@/lib/inbox/filter";
import type { FormFields } from "@/components/form/fields-of";
import type { Result } from "@/lib/kernel/result";
import { renameInboxView, saveInboxView } from "../view-actions";

/** Gives one's own view another name; open while there is one. */
export function RenameView({ view, close }: { view: View | null; close: () => void }) {
  return (
    <NameDialog
      open={view !== null}
      close={close}
      title="Rename the view"
      description="Only you see your views."
      name={view?.name ?? ""}
      confirm="Rename"
      action={(fields) => renameInboxView({ viewId: view?.id ?? "", name: fields.text("name") })}
      onSuccess={close}
    />
  );
}

interface SaveViewProps {
  /** What it keeps; null while it is closed. */
  filter: InboxFilter | null;
  close: () => void;
  saved: (viewId: string) => void;
}

/** Keeps what is shown under a name. */
export function SaveView({ filter, close, saved }: SaveViewProps) {
  return (
    <NameDialog
      open={filter !== null}
      close={close}
      title="Save this view"
      description="It shows what you chose whenever you open it. Only you see your views."
      name=""
      confirm="Save"
      action={(fields) => saveInboxView({ name: fields.text("name"), filter: filter ?? {} })}
      // Not before the answer has been taken in: the address would change in the midst of it, and the form wait for both.
      onSuccess={({ viewId }) => {
        close();
        saved(viewId);
      }}
    />
  );
}

interface NameDialogProps<Value> {
  open: boolean;
  close: () => void;
  title: string;
  description: string;
  name: string;
  confirm: string;
  action: (fields: FormFields) => Promise<Result<Value>>;
  onSuccess: (value: Value) => void;
}

function NameDialog<Value>(props: NameDialogProps<Value>) {
  const { open, close, title, description, name, confirm, action, onSuccess } = props;
  return (
    <Dialog open={open} onOpenChange={(now) => !now && close()}>
      <DialogContent title={title} description={description}>
        <Form className="min-h-0 gap-0" action={action} onSuccess={onSuccess}>
          <DialogBody className="pt-1">
            <TextField name="name" label="Name" required maxLength={40} defaultValue={name} />
          </DialogBody>
          <DialogActions>
            <SubmitButton>{confirm}</SubmitButton>
          </DialogActions>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
