"use client";
import { ArrowLeftRight } from "lucide-react";
import { useState } from "react";

import { SelectField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { instantOfLocal, LocalTimeField } from "@/components/form/local-time-field";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { useTimeZone } from "@/components/ui/time-zone";
import type { RotationMember } from "@/lib/rotations/views";
import { swap } from "../actions";

/** Another member takes over for a while. */
export function SwapDialog({ rotationId, members }: { rotationId: string; members: readonly RotationMember[] }) {
  const [open, setOpen] = useState(false);
  const zone = useTimeZone();
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">
          <ArrowLeftRight aria-hidden />
          Swap
        </Button>
      </DialogTrigger>
      <DialogContent title="Somebody stands in" description="Instead of whoever would be on call during that time.">
        <Form
          aria-label="Somebody stands in"
          className="min-h-0 gap-0"
          action={(fields) =>
            swap({
              rotationId,
              personId: fields.text("personId"),
              startsAt: instantOfLocal(fields.text("startsAt"), zone),
              endsAt: instantOfLocal(fields.text("endsAt"), zone),
            })
          }
          onSuccess={() => setOpen(false)}
        >
          <DialogBody className="flex flex-col gap-4">
            <SelectField
              name="personId"
              label="Who stands in"
              required
              placeholder="Choose a member"
              options={members.map(({ id, name, email }) => ({ value: id, label: name, hint: email }))}
            />
            <LocalTimeField name="startsAt" label="From" required fromNow />
            <LocalTimeField name="endsAt" label="Until" required />
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <SubmitButton>Swap</SubmitButton>
          </DialogFooter>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
