"use client";
import { KeySquare } from "lucide-react";
import { useState } from "react";

import { giveGrant } from "@/app/(console)/agents/actions";
import { DialogActions } from "@/components/form/dialog-actions";
import { SelectField, TextareaField, TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { Button } from "@/components/ui/button";
import { Code } from "@/components/ui/code-block";
import { Dialog, DialogBody, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";

const DAY_MS = 86_400_000;
const LIFETIMES = [
  { value: "never", label: "Never", hint: "Unused ones are listed after 30 days" },
  { value: "1", label: "In a day" },
  { value: "7", label: "In 7 days" },
  { value: "30", label: "In 30 days" },
  { value: "90", label: "In 90 days" },
];

interface AddGrantProps {
  agentId: string;
  agentName: string;
  /** `crm.*` and the like, then every action's id: offered while typing. */
  patterns: readonly string[];
}

/** Gives the agent an action, or a pattern of them. */
export function AddGrant({ agentId, agentName, patterns }: AddGrantProps) {
  const [open, setOpen] = useState(false);
  useHotkeys([{ keys: "n", label: "Give a grant", group: "Agent", palette: true, run: () => setOpen(true) }]);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary" size="sm">
          <KeySquare aria-hidden />
          Give a grant
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`Give ${agentName} a grant`}
        description="It binds the next decision. Agents above, its tier, policies and envelopes still cut what it comes to."
      >
        <Form
          aria-label="Give a grant"
          className="min-h-0 gap-0"
          action={async (fields) => {
            const pattern = fields.text("pattern").trim();
            const given = await giveGrant({
              agentId,
              pattern,
              condition: fields.optional("condition") ?? null,
              expiresAt: expiry(fields.text("expiresAt")),
            });
            return given.ok ? { ok: true, value: pattern } : given;
          }}
          onSuccess={(pattern) => {
            setOpen(false);
            toast.success(`${agentName} is granted ${pattern}`);
          }}
        >
          <DialogBody className="flex flex-col gap-4 pt-1">
            <TextField
              name="pattern"
              label="Action"
              required
              maxLength={160}
              autoComplete="off"
              spellCheck={false}
              list="grant-patterns"
              placeholder={patterns[0] ?? "crm.*"}
              hint={
                <>
                  One action, or a pattern such as <Code>crm.*</Code> or <Code>crm.read_*</Code>.
                </>
              }
            />
            <datalist id="grant-patterns">
              {patterns.map((pattern) => (
                <option key={pattern}>{pattern}</option>
              ))}
            </datalist>
            <TextareaField
              name="condition"
              label="Only if"
              maxLength={4_000}
              spellCheck={false}
              placeholder="args.amount <= 100.0"
              hint="A condition in CEL. The grant holds only where it is true."
            />
            <SelectField name="expiresAt" label="Expires" required options={LIFETIMES} defaultValue="never" />
          </DialogBody>
          <DialogActions>
            <SubmitButton>Give the grant</SubmitButton>
          </DialogActions>
        </Form>
      </DialogContent>
    </Dialog>
  );
}

const expiry = (days: string): Date | null => (days === "never" ? null : new Date(Date.now() + Number(days) * DAY_MS));
