"use client";
import { DialogActions } from "@/components/form/dialog-actions";
import { Form } from "@/components/form/form";
import { instantOfLocal, LocalTimeField } from "@/components/form/local-time-field";
import { SubmitButton } from "@/components/form/submit-button";
import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import { useTimeZone } from "@/components/ui/time-zone";
import { fail, ok, type Result } from "@/lib/kernel/result";

interface TimeRangeDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  from: Date | null;
  to: Date | null;
  onChoose: (from: Date | null, to: Date | null) => void;
}

/** Two times on the viewer's clock; either may be left open. */
export function TimeRangeDialog({ open, onOpenChange, from, to, onChoose }: TimeRangeDialogProps) {
  const zone = useTimeZone();
  const read = (text: string): Date | null => (text === "" ? null : new Date(instantOfLocal(text, zone)));
  const choose = (since: Date | null, until: Date | null): Result<null> => {
    if (since !== null && until !== null && since >= until)
      return fail("invalid_input", "It must end after it begins.", "until");
    onChoose(since, until);
    return ok(null);
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="From … until …" description={`Times of ${zone}. Either may be left open.`}>
        <Form
          className="min-h-0 gap-0"
          action={(fields) => Promise.resolve(choose(read(fields.text("from")), read(fields.text("until"))))}
          onSuccess={() => onOpenChange(false)}
        >
          <DialogBody className="flex flex-col gap-3 pt-1">
            <LocalTimeField name="from" label="From" at={from} />
            <LocalTimeField name="until" label="Until" hint="This moment is not part of it." at={to} />
          </DialogBody>
          <DialogActions>
            <SubmitButton>Show</SubmitButton>
          </DialogActions>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
