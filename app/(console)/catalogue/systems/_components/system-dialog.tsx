"use client";
import { Pencil, Plus } from "lucide-react";
import { useState } from "react";

import { addSystem, changeSystem } from "@/app/(console)/catalogue/actions";
import { DialogActions } from "@/components/form/dialog-actions";
import { TextareaField, TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";

/** Makes a system, or changes what the given one is called. */
export function SystemDialog({ system }: { system?: { id: string; name: string; description: string | null } }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        {system ? (
          <Button variant="ghost" size="icon-sm" aria-label={`Edit ${system.name}`}>
            <Pencil aria-hidden />
          </Button>
        ) : (
          <Button variant="primary">
            <Plus aria-hidden />
            New system
          </Button>
        )}
      </DialogTrigger>
      <DialogContent title={system ? `Edit ${system.name}` : "New system"}>
        <Form
          className="min-h-0 gap-0"
          action={(fields) => {
            const input = { name: fields.text("name"), description: fields.optional("description") ?? null };
            return system ? changeSystem({ id: system.id, ...input }) : addSystem({ id: fields.text("id"), ...input });
          }}
          onSuccess={() => {
            setOpen(false);
            toast.success(system ? "Saved" : "The system is in the catalogue");
          }}
        >
          <DialogBody className="flex flex-col gap-4 pt-1">
            {!system && (
              <TextField
                name="id"
                label="Id"
                required
                maxLength={64}
                className="font-mono"
                placeholder="crm"
                hint="Stands before each of its actions, and stays: crm.update_account"
              />
            )}
            <TextField name="name" label="Name" required maxLength={120} defaultValue={system?.name} />
            <TextareaField
              name="description"
              label="Description"
              maxLength={2_000}
              defaultValue={system?.description ?? ""}
            />
          </DialogBody>
          <DialogActions>
            <SubmitButton>{system ? "Save" : "Make it"}</SubmitButton>
          </DialogActions>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
