"use client";
import { Siren } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { SEVERITY_LOOKS } from "@/components/domain/severity-badge";
import { DialogActions } from "@/components/form/dialog-actions";
import { CheckboxField, SelectField, TextareaField, TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { SEVERITIES, type Severity } from "@/lib/incidents/views";
import { open as openIncident } from "../actions";

interface OpenIncidentProps {
  agentId: string;
  agentName: string;
  /** The agent acts now, so that it can be stopped. */
  active: boolean;
  runId?: string;
}

/** Opens an incident about an agent, from its page or from one of its runs, and goes to it. */
export function OpenIncident({ agentId, agentName, active, runId }: OpenIncidentProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  useHotkeys([
    { label: `Open an incident about ${agentName}`, group: "Agent", palette: true, run: () => setOpen(true) },
  ]);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>
          <Siren aria-hidden />
          Open an incident
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Open an incident"
        description={`About ${agentName}${runId === undefined ? "" : ", with this run"}. Others see it at once.`}
      >
        <Form
          aria-label="Open an incident"
          className="min-h-0 gap-0"
          action={(fields) =>
            openIncident({
              agentId,
              ...(runId !== undefined && { runId }),
              title: fields.text("title"),
              severity: severityNamed(fields.text("severity")),
              note: fields.optional("note"),
              pause: fields.checked("pause"),
            })
          }
          onSuccess={({ id }) => {
            setOpen(false);
            toast.success("The incident is open");
            router.push(`/incidents/${id}`);
          }}
        >
          <DialogBody className="flex flex-col gap-4">
            <TextField
              required
              name="title"
              label="What is wrong"
              placeholder="Refunds go to the wrong orders"
              maxLength={200}
            />
            <SelectField
              required
              name="severity"
              label="Severity"
              defaultValue="medium"
              options={SEVERITIES.map((value) => ({
                value,
                label: SEVERITY_LOOKS[value].label,
                hint: SEVERITY_LOOKS[value].hint,
              }))}
            />
            <TextareaField name="note" label="What was seen" maxLength={4_000} />
            {active && (
              <CheckboxField
                defaultChecked
                name="pause"
                label={`Suspend ${agentName}`}
                hint="Its next decision, in any run, is a deny, until somebody resumes it."
              />
            )}
          </DialogBody>
          <DialogActions>
            <SubmitButton>Open</SubmitButton>
          </DialogActions>
        </Form>
      </DialogContent>
    </Dialog>
  );
}

const severityNamed = (text: string): Severity => SEVERITIES.find((one) => one === text) ?? "medium";
