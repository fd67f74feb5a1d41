"use client";
import { CircleCheck } from "lucide-react";
import { CheckboxField } from "@/components/form/fields";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { Button } from "@/components/ui/button";
import { formatPlural } from "@/components/ui/format/number";
import { toast } from "@/components/ui/toast";
import { resolve } from "../../actions";

interface ResolveIncidentProps {
  incidentId: string;
  agentName: string;
  suspended: boolean;
  mayResume: boolean;
  /** Other incidents of the agent that are open. */
  others: number;
}

/** Closes an incident with its cause, and lets the agent act again where the person says so. */
export function ResolveIncident({ incidentId, agentName, suspended, mayResume, others }: ResolveIncidentProps) {
  const resumable = suspended && mayResume;
  return (
    <ReasonDialog
      title="Resolve the incident"
      description="A resolved incident stays as it is. If it happens again, it is a new one."
      confirm="Resolve"
      tone="primary"
      label="Cause"
      placeholder="Why it happened, and what keeps it from happening again"
      action={(fields) => resolve({ incidentId, cause: fields.text("reason"), resume: fields.checked("resume") })}
      onDone={() => toast.success("The incident is resolved")}
      trigger={
        <Button variant="primary">
          <CircleCheck aria-hidden />
          Resolve
        </Button>
      }
    >
      {resumable && (
        <CheckboxField
          defaultChecked={others === 0}
          name="resume"
          label={`Resume ${agentName}`}
          hint={
            others === 0
              ? "It may act again at once, within the remit that it had."
              : `${formatPlural(others, "other incident")} about it ${others === 1 ? "is" : "are"} still open.`
          }
        />
      )}
    </ReasonDialog>
  );
}
