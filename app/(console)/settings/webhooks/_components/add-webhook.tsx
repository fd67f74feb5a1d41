"use client";
import { Plus } from "lucide-react";
import { useState } from "react";
import { DialogActions } from "@/components/form/dialog-actions";
import { SelectField, TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { NoticeKind } from "@/lib/notify/kinds";
import { addWebhook } from "../actions";
import { EventBoxes } from "./event-boxes";
import { SecretOnce } from "./secret-once";

const KINDS = [
  { value: "signed", label: "Signed webhook", hint: "Events as JSON for a program of yours, signed" },
  { value: "chat", label: "Chat channel", hint: "A Slack-compatible incoming webhook" },
];

interface NodeChoice {
  id: string;
  name: string;
  root: boolean;
}

/** Adds a webhook, and shows its secret once. */
export function AddWebhook({ nodes }: { nodes: readonly NodeChoice[] }) {
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
          <Plus aria-hidden />
          Add webhook
        </Button>
      </DialogTrigger>
      {secret === null ? (
        <AddForm
          nodes={nodes}
          onAdded={(made) => {
            setSecret(made);
            if (made !== null) return;
            change(false);
            toast.success("Added");
          }}
        />
      ) : (
        <SecretOnce secret={secret} description="The webhook is live." />
      )}
    </Dialog>
  );
}

function AddForm({ nodes, onAdded }: { nodes: readonly NodeChoice[]; onAdded: (secret: string | null) => void }) {
  const [kind, setKind] = useState("signed");
  const [events, setEvents] = useState<NoticeKind[]>([]);
  const root = nodes.find((node) => node.root);
  return (
    <DialogContent className="max-w-lg" title="Add a webhook">
      <Form
        className="min-h-0 gap-0"
        action={(fields) =>
          addWebhook({
            kind: kind === "chat" ? "chat" : "signed",
            name: fields.text("name"),
            url: fields.text("url"),
            nodeId: fields.text("nodeId"),
            events,
          })
        }
        onSuccess={(made) => onAdded(made.secret)}
      >
        <DialogBody className="flex flex-col gap-4 pt-1">
          <SelectField required name="kind" label="Kind" options={KINDS} value={kind} onValueChange={setKind} />
          <TextField required name="name" label="Name" maxLength={80} placeholder="On-call pager" autoComplete="off" />
          <TextField
            required
            type="url"
            name="url"
            label="Address"
            autoComplete="off"
            placeholder={kind === "chat" ? "https://hooks.slack.com/services/…" : "https://example.com/hooks/remit"}
            hint={kind === "chat" ? "Stored sealed and never shown again." : "Public https addresses only."}
          />
          <SelectField
            required
            name="nodeId"
            label="Hears of"
            options={nodes.map((node) =>
              node.root
                ? { value: node.id, label: node.name, hint: "The whole organisation" }
                : { value: node.id, label: node.name },
            )}
            placeholder="Choose"
            {...(root ? { defaultValue: root.id } : {})}
          />
          <EventBoxes chosen={events} onChange={setEvents} />
        </DialogBody>
        <DialogActions>
          <SubmitButton>Add webhook</SubmitButton>
        </DialogActions>
      </Form>
    </DialogContent>
  );
}
