"use client";
import { useState } from "react";
import { DialogActions } from "@/components/form/dialog-actions";
import { TextareaField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import type { ApprovalView, DecidingRules } from "@/lib/inbox/panel";
import type { Decide } from "./use-decide";

interface RejectDialogProps {
  approval: ApprovalView;
  decide: Decide;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Why it is rejected: a reason that fits often with one press, or one's own words. */
export function RejectDialog({ approval, decide, open, onOpenChange }: RejectDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={`Reject: ${approval.decision.action.title}`}
        description={`${approval.decision.agent.name} is told, with your reason.`}
      >
        <RejectForm approval={approval} decide={decide} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function RejectForm({
  approval,
  decide,
  onDone,
}: Pick<RejectDialogProps, "approval" | "decide"> & { onDone: () => void }) {
  const reasons = approval.rules.rejectReasons;
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const choose = (reason: DecidingRules["rejectReasons"][number]) => {
    // What one wrote oneself is not thrown away by a press.
    const replaces = text.trim() === "" || reasons.some((other) => other.text === text);
    setText(replaces ? reason.text : `${text.trimEnd()}\n${reason.text}`);
    setChosen(reason.id);
  };
  return (
    <Form
      className="min-h-0 gap-0"
      action={(fields) =>
        decide.rejectWith({ comment: fields.text("comment"), ...(chosen !== null && { reasonId: chosen }) })
      }
      onSuccess={onDone}
    >
      <DialogBody className="flex flex-col gap-4 pt-1">
        {reasons.length > 0 && (
          <div role="group" aria-label="Templates" className="flex flex-wrap gap-1.5">
            {reasons.map((reason) => (
              <Button
                key={reason.id}
                size="sm"
                aria-pressed={chosen === reason.id}
                title={reason.text}
                className={cn("rounded-full", chosen === reason.id && "border-accent-line bg-accent-soft")}
                onClick={() => choose(reason)}
              >
                {reason.label}
              </Button>
            ))}
          </div>
        )}
        <TextareaField
          name="comment"
          label="Reason"
          hint="The agent reads it, and it is kept in the audit trail."
          required
          maxLength={2_000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </DialogBody>
      <DialogActions>
        <SubmitButton variant="danger">Reject</SubmitButton>
        <Kbd keys="mod+enter" className="max-sm:hidden" />
      </DialogActions>
    </Form>
  );
}
