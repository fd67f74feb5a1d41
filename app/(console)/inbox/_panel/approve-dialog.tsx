"use client";
import { DialogActions } from "@/components/form/dialog-actions";
import { TextareaField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { AgentText } from "@/components/ui/agent-text";
import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import type { ApprovalView } from "@/lib/inbox/panel";
import { ActionFacts } from "../../_evidence/action-facts";
import { ChangeView } from "./change-view";
import type { Decide } from "./use-decide";

interface ApproveDialogProps {
  approval: ApprovalView;
  decide: Decide;
  /** The evidence must stand for so long before it can be approved. */
  secondsLeft: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Repeats what is approved before it is, with room for a comment; high risk comes through here only. */
export function ApproveDialog({ approval, decide, secondsLeft, open, onOpenChange }: ApproveDialogProps) {
  const { decision, trail } = approval;
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={`Approve: ${decision.action.title}`}
        description={`${decision.agent.name} may do this once, with exactly these arguments.`}
      >
        <Form
          className="min-h-0 gap-0"
          action={(fields) => decide.approveWith({ comment: fields.optional("comment"), seen: { confirmed: true } })}
          onSuccess={() => onOpenChange(false)}
        >
          <DialogBody className="flex flex-col gap-4 pt-1">
            {decision.target !== null && !Object.values(approval.args).includes(decision.target) && (
              <p className="font-mono text-sm wrap-anywhere">
                <AgentText text={decision.target} />
              </p>
            )}
            <ChangeView args={approval.args} present={approval.present} whole />
            {trail.onBehalfOf !== null && (
              <p className="text-sm wrap-anywhere">
                For <AgentText text={trail.onBehalfOf.subject} />
              </p>
            )}
            <ActionFacts action={decision.action} estimate={decision.estimate} />
            <TextareaField
              name="comment"
              label="Comment"
              hint="The agent reads it, and it is kept in the audit trail."
              maxLength={2_000}
            />
          </DialogBody>
          <DialogActions>
            <SubmitButton disabled={secondsLeft > 0}>
              {secondsLeft > 0 ? `Approve in ${secondsLeft} s` : "Approve"}
            </SubmitButton>
            <Kbd keys="mod+enter" className="max-sm:hidden" />
          </DialogActions>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
