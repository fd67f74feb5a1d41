"use client";
import { DialogActions } from "@/components/form/dialog-actions";
import { TextareaField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useAnnounce } from "@/components/ui/announcer";
import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import type { ApprovalView } from "@/lib/inbox/panel";
import type { Result } from "@/lib/kernel/result";
import { ask, comment } from "../actions";
import { refreshPanel } from "./panel-store";

interface SayDialogProps {
  itemKey: string;
  approval: ApprovalView;
  /** To the agent, or among people. */
  to: "agent" | "people";
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** A question to the agent, which waits and is woken by it; or a comment that only people see. */
export function SayDialog({ itemKey, approval, to, open, onOpenChange }: SayDialogProps) {
  const announce = useAnnounce();
  const asks = to === "agent";
  const name = approval.decision.agent.name;
  const done = () => {
    onOpenChange(false);
    refreshPanel(itemKey);
    announce(asks ? `${name} has been asked.` : "The comment stands.");
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={asks ? `Ask ${name}` : "Comment"}
        description={
          asks
            ? "It is told at once, and its answer appears here. The deadline stays."
            : "For those who see this request. The agent does not."
        }
      >
        <Form
          className="min-h-0 gap-0"
          action={(fields): Promise<Result<unknown>> => {
            const said = { approvalId: approval.id, text: fields.text("text") };
            return asks ? ask(said) : comment(said);
          }}
          onSuccess={done}
        >
          <DialogBody className="pt-1">
            <TextareaField name="text" label={asks ? "Question" : "Comment"} required maxLength={2_000} />
          </DialogBody>
          <DialogActions>
            <SubmitButton>{asks ? "Ask" : "Comment"}</SubmitButton>
            <Kbd keys="mod+enter" className="max-sm:hidden" />
          </DialogActions>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
