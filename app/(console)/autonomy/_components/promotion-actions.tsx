"use client";
import { approve, reject, withdraw } from "@/app/(console)/autonomy/actions";
import { tierLabel } from "@/components/domain/tiers";
import { DialogActions } from "@/components/form/dialog-actions";
import { TextareaField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { useState } from "react";

interface PromotionActionsProps {
  id: string;
  name: string;
  toTier: string;
  /** The agent version that is looked at. */
  version: number;
  may: { decide: boolean; withdraw: boolean };
}

/** Approve, reject and withdraw, as far as the viewer may. */
export function PromotionActions({ id, name, toTier, version, may }: PromotionActionsProps) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      {may.decide && (
        <>
          <ApproveDialog id={id} name={name} toTier={toTier} version={version} />
          <ReasonDialog
            title={`Reject the promotion of ${name}`}
            description="It stays at its tier. Remit does not suggest it again for 30 days."
            confirm="Reject"
            action={(fields) => reject({ id, reason: fields.text("reason") })}
            onDone={() => toast.success("Rejected")}
            trigger={
              <Button variant="danger-quiet" data-act="reject">
                Reject
              </Button>
            }
          />
        </>
      )}
      {may.withdraw && (
        <ReasonDialog
          title={`Withdraw the promotion of ${name}`}
          description="Nobody is asked any more."
          confirm="Withdraw"
          tone="primary"
          action={(fields) => withdraw({ id, reason: fields.text("reason") })}
          onDone={() => toast.success("Withdrawn")}
          trigger={<Button variant="ghost">Withdraw</Button>}
        />
      )}
    </span>
  );
}

function ApproveDialog({ id, name, toTier, version }: Omit<PromotionActionsProps, "may">) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary" data-act="approve">
          Approve
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`Trust ${name} with ${tierLabel(toTier)}`}
        description="Its next decision is made by that tier, within the grants it has. It can be taken back in one step."
      >
        <Form
          className="min-h-0 gap-0"
          action={(fields) => approve({ id, version, comment: fields.optional("comment") ?? null })}
          onSuccess={() => {
            setOpen(false);
            toast.success(`${name} is at ${tierLabel(toTier)}`);
          }}
        >
          <DialogBody className="pt-1">
            <TextareaField name="comment" label="Comment" hint="Kept with the promotion." maxLength={500} />
          </DialogBody>
          <DialogActions>
            <SubmitButton>Approve</SubmitButton>
          </DialogActions>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
