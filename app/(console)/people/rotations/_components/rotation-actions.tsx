"use client";
import { Pencil } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";

import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useAction } from "@/components/form/use-action";
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogTrigger,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import type { RotationChoices, RotationDetail } from "@/lib/rotations/views";
import { endRotation, saveRotation } from "../actions";
import { readRotation, RotationFields } from "./rotation-fields";

/** Edit, and end. */
export function RotationActions({ rotation, choices }: { rotation: RotationDetail; choices: RotationChoices }) {
  const [open, setOpen] = useState(false);
  return (
    <div className="flex gap-2">
      <EndRotation rotation={rotation} />
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogTrigger asChild>
          <Button variant="primary">
            <Pencil aria-hidden />
            Edit
          </Button>
        </DialogTrigger>
        <DialogContent title={`Edit ${rotation.name}`} description="What changes is in force at once.">
          <Form
            aria-label={`Edit ${rotation.name}`}
            className="min-h-0 gap-0"
            action={(fields) => saveRotation({ id: rotation.id, ...readRotation(fields) })}
            onSuccess={() => setOpen(false)}
          >
            <DialogBody className="flex flex-col gap-4">
              <RotationFields choices={choices} today={rotation.plan.startsOn} rotation={rotation} />
            </DialogBody>
            <DialogFooter>
              <DialogClose asChild>
                <Button>Cancel</Button>
              </DialogClose>
              <SubmitButton>Save</SubmitButton>
            </DialogFooter>
          </Form>
        </DialogContent>
      </Dialog>
    </div>
  );
}

function EndRotation({ rotation }: { rotation: RotationDetail }) {
  const router = useRouter();
  const { run, pending } = useAction(endRotation, { onSuccess: () => router.push("/people/rotations") });
  return (
    <AlertDialog>
      <AlertDialogTrigger asChild>
        <Button variant="danger-quiet" pending={pending}>
          End it
        </Button>
      </AlertDialogTrigger>
      <AlertDialogContent
        title={`End ${rotation.name}?`}
        description="Its turns and stand-ins are gone. The record keeps them."
      >
        <DialogFooter>
          <AlertDialogCancel asChild>
            <Button>Keep it</Button>
          </AlertDialogCancel>
          <AlertDialogAction asChild>
            <Button variant="danger" onClick={() => run({ id: rotation.id })}>
              End it
            </Button>
          </AlertDialogAction>
        </DialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
