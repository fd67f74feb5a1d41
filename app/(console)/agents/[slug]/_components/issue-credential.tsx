"use client";
import { KeyRound, TriangleAlert } from "lucide-react";
import { useState } from "react";

import { issueCredential } from "@/app/(console)/agents/actions";
import { firstDecisionCurl } from "@/app/(console)/_components/first-decision";
import { DialogActions } from "@/components/form/dialog-actions";
import { SelectField, TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";

const DAY_MS = 86_400_000;

const LIFETIMES = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "a year" },
  { value: "never", label: "never", hint: "until it is revoked" },
];

interface IssueCredentialProps {
  agentId: string;
  agentName: string;
  /** Where the agents' API answers. */
  gateUrl: string;
  /** An action that it holds, to try first. */
  tryAction: string;
}

/** Makes a credential and shows its secret, once: closing the dialog forgets it. */
export function IssueCredential({ agentId, agentName, gateUrl, tryAction }: IssueCredentialProps) {
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const change = (next: boolean) => {
    setOpen(next);
    if (!next) setSecret(null);
  };
  return (
    <Dialog open={open} onOpenChange={change}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <KeyRound aria-hidden />
          New credential
        </Button>
      </DialogTrigger>
      {secret === null ? (
        <DialogContent
          title={`New credential for ${agentName}`}
          description="One for each place that the agent runs in, so that each can be revoked alone."
        >
          <Form
            className="min-h-0 gap-0"
            action={(fields) =>
              issueCredential({ agentId, name: fields.text("name"), expiresAt: expiry(fields.text("lifetime")) })
            }
            onSuccess={(made) => setSecret(made.secret)}
          >
            <DialogBody className="flex flex-col gap-4 pt-1">
              <TextField name="name" label="Name" required maxLength={120} placeholder="production, eu-west" />
              <SelectField name="lifetime" label="Expires" options={LIFETIMES} defaultValue="90" />
            </DialogBody>
            <DialogActions>
              <SubmitButton>Make it</SubmitButton>
            </DialogActions>
          </Form>
        </DialogContent>
      ) : (
        <DialogContent
          className="max-w-2xl"
          title="Copy the secret now"
          description={`The credential of ${agentName} is live.`}
          onInteractOutside={(event) => event.preventDefault()}
        >
          <DialogBody className="flex flex-col gap-4 pt-1">
            <Banner tone="escalate" icon={<TriangleAlert aria-hidden />}>
              It is not stored and cannot be shown again. Keep it where the agent reads its secrets.
            </Banner>
            <CodeBlock code={secret} label="Secret" wrap />
            <div className="flex flex-col gap-1.5">
              <p className="text-sm">Its first run, from a terminal:</p>
              <CodeBlock code={firstDecisionCurl(gateUrl, secret, tryAction)} label="Commands" />
            </div>
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button variant="primary">I have copied it</Button>
            </DialogClose>
          </DialogFooter>
        </DialogContent>
      )}
    </Dialog>
  );
}

const expiry = (days: string): Date | null => (days === "never" ? null : new Date(Date.now() + Number(days) * DAY_MS));
