"use client";
import { Plus } from "lucide-react";
import { useState } from "react";
import { roleNamed } from "@/components/domain/roles";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { grant } from "../../actions";
import { RoleFields, type NodeChoice } from "../../_components/role-fields";

export function GrantDialog({ personId, nodes }: { personId: string; nodes: readonly NodeChoice[] }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">
          <Plus aria-hidden />
          Give a role
        </Button>
      </DialogTrigger>
      <DialogContent title="Give a role" description="It holds from the next request on.">
        <Form
          aria-label="Give a role"
          className="min-h-0 gap-0"
          action={(fields) => grant({ personId, role: roleNamed(fields.text("role")), nodeId: fields.text("nodeId") })}
          onSuccess={() => setOpen(false)}
        >
          <DialogBody className="flex flex-col gap-4">
            <RoleFields nodes={nodes} />
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button>Cancel</Button>
            </DialogClose>
            <SubmitButton>Give the role</SubmitButton>
          </DialogFooter>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
