"use client";
import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";

import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import type { RotationChoices } from "@/lib/rotations/views";
import { addRotation } from "../actions";
import { readRotation, RotationFields } from "./rotation-fields";

export function AddRotation({ choices, today }: { choices: RotationChoices; today: string }) {
  const [open, setOpen] = useState(false);
  const router = useRouter();
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden />
          New rotation
        </Button>
      </DialogTrigger>
      <DialogContent title="New rotation" description="Its members take turns, in order.">
        <Form
          aria-label="New rotation"
          className="min-h-0 gap-0"
          action={(fields) => addRotation({ slug: fields.text("slug"), ...readRotation(fields) })}
          onSuccess={({ slug }) => {
            setOpen(false);
            router.push(`/people/rotations/${slug}`);
          }}
        >
          <DialogBody className="flex flex-col gap-4">
            <RotationFields choices={choices} today={today} />
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <SubmitButton>Create the rotation</SubmitButton>
          </DialogFooter>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
