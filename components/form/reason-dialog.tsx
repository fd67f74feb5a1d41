"use client";
import { type ReactNode, useState } from "react";
import { DialogActions } from "./dialog-actions";
import { Dialog, DialogBody, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import type { Result } from "@/lib/kernel/result";
import { TextareaField } from "./fields";
import type { FormFields } from "./fields-of";
import { Form } from "./form";
import { SubmitButton } from "./submit-button";

interface ReasonDialogProps {
  title: string;
  /** What will happen, and that it cannot be taken back. */
  description: ReactNode;
  /** The verb on the button: "Reject", "Revoke". */
  confirm: string;
  /** `(fields) => revoke({ id, reason: fields.text("reason") })` */
  action: (fields: FormFields) => Promise<Result<unknown>>;
  onDone?: () => void;
  tone?: "danger" | "primary";
  label?: string;
  hint?: string;
  placeholder?: string;
  /** False where a comment is welcome but not needed. */
  required?: boolean;
  /** More fields above the reason. */
  children?: ReactNode;
  /** Opens it; or drive `open` yourself (a hotkey does). */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** Asks why (field `reason`) before what cannot be undone. What can be undone is done at once, with `toast.undo`. */
export function ReasonDialog(props: ReasonDialogProps) {
  const [ownOpen, setOwnOpen] = useState(false);
  const open = props.open ?? ownOpen;
  const setOpen = props.onOpenChange ?? setOwnOpen;
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      {props.trigger !== undefined && <DialogTrigger asChild>{props.trigger}</DialogTrigger>}
      <DialogContent title={props.title} description={props.description}>
        <Form
          action={props.action}
          className="min-h-0 gap-0"
          onSuccess={() => {
            setOpen(false);
            props.onDone?.();
          }}
        >
          <DialogBody className="flex flex-col gap-4 pt-1">
            {props.children}
            <TextareaField
              name="reason"
              label={props.label ?? "Reason"}
              hint={props.hint ?? "Kept in the audit trail."}
              placeholder={props.placeholder}
              required={props.required ?? true}
              maxLength={2_000}
            />
          </DialogBody>
          <DialogActions>
            <SubmitButton variant={props.tone ?? "danger"}>{props.confirm}</SubmitButton>
            <Kbd keys="mod+enter" className="max-sm:hidden" />
          </DialogActions>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
