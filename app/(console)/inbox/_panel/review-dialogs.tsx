"use client";
import { DialogActions } from "@/components/form/dialog-actions";
import { TextareaField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import type { ReviewView } from "@/lib/inbox/panel";
import { ArgumentsView } from "../../_evidence/arguments-view";
import { RollbackPlan } from "../../reviews/_components/rollback-plan";
import type { ReviewActs } from "./use-review";

interface ReviewDialogProps {
  review: ReviewView;
  acts: ReviewActs;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Says once more what stands if it is accepted; high risk comes through here only. */
export function AcceptDialog({ review, acts, open, onOpenChange }: ReviewDialogProps) {
  const { decision } = review;
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={`Accept: ${decision.action.title}`}
        description={`${decision.agent.name} has done this, and it stands.`}
      >
        <Form
          className="min-h-0 gap-0"
          action={(fields) => acts.acceptWith(fields.optional("comment"))}
          onSuccess={() => onOpenChange(false)}
        >
          <DialogBody className="flex flex-col gap-4 pt-1">
            <ArgumentsView value={decision.args} label="Arguments" />
            <TextareaField name="comment" label="Comment" hint="It is kept in the audit trail." maxLength={2_000} />
          </DialogBody>
          <Footer confirm="Accept" />
        </Form>
      </DialogContent>
    </Dialog>
  );
}

/** Shows what is done to undo it before it is ordered, and asks why. */
export function RollBackDialog({ review, acts, open, onOpenChange }: ReviewDialogProps) {
  const { decision, plan } = review;
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={`Roll back: ${decision.action.title}`}
        description={
          review.state === "waiting"
            ? "This is carried out on your authority. You can take the order back for some seconds."
            : "This is carried out on your authority, at once."
        }
      >
        <Form
          className="min-h-0 gap-0"
          action={(fields) => acts.rollBackWith(fields.text("reason"))}
          onSuccess={() => onOpenChange(false)}
        >
          <DialogBody className="flex flex-col gap-4 pt-1">
            {plan !== null && <RollbackPlan plan={plan} agent={decision.agent.name} />}
            <TextareaField
              name="reason"
              label="Reason"
              hint="Whoever undoes it reads it, and it is kept in the audit trail."
              required
              maxLength={2_000}
            />
          </DialogBody>
          <Footer confirm="Roll back" danger />
        </Form>
      </DialogContent>
    </Dialog>
  );
}

function Footer({ confirm, danger = false }: { confirm: string; danger?: boolean }) {
  return (
    <DialogActions>
      <SubmitButton variant={danger ? "danger" : "primary"}>{confirm}</SubmitButton>
      <Kbd keys="mod+enter" className="max-sm:hidden" />
    </DialogActions>
  );
}
