"use client";
import type { ReactNode } from "react";

import { DialogActions } from "@/components/form/dialog-actions";
import { Form } from "@/components/form/form";
import type { FormFields } from "@/components/form/fields-of";
import { SubmitButton } from "@/components/form/submit-button";
import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import type { Result } from "@/lib/kernel/result";

export interface OpenProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

interface NodeDialogProps<Value> extends OpenProps {
  title: string;
  description?: string;
  confirm: string;
  action: (fields: FormFields) => Promise<Result<Value>>;
  onDone: (value: Value) => void;
  children: ReactNode;
}

/** The frame that the chart's small forms share. */
export function NodeDialog<Value>(props: NodeDialogProps<Value>) {
  const { title, description, confirm, action, onDone, children, open, onOpenChange } = props;
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={title} description={description}>
        <Form aria-label={title} className="min-h-0 gap-0" action={action} onSuccess={onDone}>
          <DialogBody className="flex flex-col gap-4 pt-1">{children}</DialogBody>
          <DialogActions>
            <SubmitButton>{confirm}</SubmitButton>
          </DialogActions>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
