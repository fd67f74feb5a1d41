"use client";
import { AlarmClock } from "lucide-react";
import { useState } from "react";
import { DialogActions } from "@/components/form/dialog-actions";
import { TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Time } from "@/components/ui/time";
import { makeUseNow } from "@/components/ui/use-now";
import { snoozeTimes } from "@/lib/approvals/snooze-times";
import type { ApprovalView } from "@/lib/inbox/panel";
import { fail, type Result } from "@/lib/kernel/result";

interface SnoozeMenuProps {
  approval: ApprovalView;
  /** Null: show it again. */
  onSnooze: (until: string | null) => Promise<Result<unknown>>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Out of one's queue for a while. It stays one's own to decide, and never longer than its deadline. */
export function SnoozeMenu({ approval, onSnooze, open, onOpenChange }: SnoozeMenuProps) {
  const [choosing, setChoosing] = useState(false);
  return (
    <>
      <DropdownMenu open={open} onOpenChange={onOpenChange}>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="Snooze" title="Snooze">
            <AlarmClock aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          {approval.snoozedUntil !== null && (
            <>
              <DropdownMenuItem onSelect={() => void onSnooze(null)}>Show it again</DropdownMenuItem>
              <DropdownMenuSeparator />
            </>
          )}
          <Times deadline={approval.deadline} onSnooze={onSnooze} />
          <DropdownMenuItem onSelect={() => setChoosing(true)}>Choose a time…</DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Dialog open={choosing} onOpenChange={setChoosing}>
        <DialogContent title="Snooze until" description="It stays yours to decide, and its deadline stays.">
          <Form
            className="min-h-0 gap-0"
            action={async (fields) => {
              // What the control holds is the viewer's own clock.
              const until = new Date(fields.text("until"));
              if (Number.isNaN(until.getTime())) return fail("invalid_input", "Choose a time.", "until");
              return await onSnooze(until.toISOString());
            }}
            onSuccess={() => setChoosing(false)}
          >
            <DialogBody className="pt-1">
              <TextField name="until" label="Until" type="datetime-local" required />
            </DialogBody>
            <DialogActions>
              <SubmitButton>Snooze</SubmitButton>
            </DialogActions>
          </Form>
        </DialogContent>
      </Dialog>
    </>
  );
}

const useMinute = makeUseNow(60_000);

function Times({ deadline, onSnooze }: { deadline: string; onSnooze: SnoozeMenuProps["onSnooze"] }) {
  const now = new Date(useMinute());
  return snoozeTimes(now, new Date(deadline), -now.getTimezoneOffset()).map(({ id, label, at, possible }) => (
    <DropdownMenuItem key={id} disabled={!possible} onSelect={() => void onSnooze(at.toISOString())}>
      <span className="min-w-36 flex-1">{label}</span>
      <Time value={at} format="dayTime" className="text-xs text-muted" />
    </DropdownMenuItem>
  ));
}
