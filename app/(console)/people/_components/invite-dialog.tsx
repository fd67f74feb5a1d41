"use client";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { roleNamed } from "@/components/domain/roles";
import { TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { invite } from "../actions";
import { OneTimeLink } from "./one-time-link";
import { RoleFields, type NodeChoice } from "./role-fields";

interface Invited {
  name: string;
  token: string;
  expiresAt: Date;
}

/** Makes a person and shows the link by which they set their password. */
export function InviteDialog({ nodes }: { nodes: readonly NodeChoice[] }) {
  const [open, setOpen] = useState(false);
  const [invited, setInvited] = useState<Invited | null>(null);
  const turn = (next: boolean) => {
    setOpen(next);
    if (next) setInvited(null);
  };
  useHotkeys([{ keys: "i", label: "Invite a person", group: "People", palette: true, run: () => turn(true) }]);
  return (
    <Dialog open={open} onOpenChange={turn}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <UserPlus aria-hidden />
          Invite
        </Button>
      </DialogTrigger>
      {invited ? (
        <DialogContent title={`${invited.name} is invited`} description="They set a password by this link and are in.">
          <DialogBody>
            <OneTimeLink {...invited} />
          </DialogBody>
          <DialogFooter>
            <Button onClick={() => setInvited(null)}>Invite another</Button>
            <DialogClose asChild>
              <Button variant="primary">Done</Button>
            </DialogClose>
          </DialogFooter>
        </DialogContent>
      ) : (
        <DialogContent
          title="Invite a person"
          description="You get a one-time link to hand to them: Remit sends no mail for it. A role covers its part of the chart and everything below."
        >
          <Form
            aria-label="Invite a person"
            className="min-h-0 gap-0"
            action={async (fields) => {
              const name = fields.text("name");
              const done = await invite({
                name,
                email: fields.text("email"),
                role: roleNamed(fields.text("role")),
                nodeId: fields.text("nodeId"),
              });
              if (done.ok) setInvited({ name: name.trim(), ...done.value });
              return done;
            }}
          >
            <DialogBody className="flex flex-col gap-4">
              <TextField required name="name" label="Name" maxLength={120} autoComplete="off" />
              <TextField required name="email" label="E-mail" type="email" inputMode="email" autoComplete="off" />
              <RoleFields nodes={nodes} />
            </DialogBody>
            <DialogFooter>
              <DialogClose asChild>
                <Button>Cancel</Button>
              </DialogClose>
              <SubmitButton>Create the invitation</SubmitButton>
            </DialogFooter>
          </Form>
        </DialogContent>
      )}
    </Dialog>
  );
}
