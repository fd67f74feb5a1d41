"use client";
import { useState } from "react";
import { NumberRow } from "@/app/(console)/settings/authority/_components/number-row";
import { ReasonDialog } from "@/components/form/reason-dialog";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatDuration } from "@/components/ui/format/duration";
import { toast } from "@/components/ui/toast";
import { retryAdvice } from "@/lib/incidents/failure-modes";
import { completeModesSchema, type FailureModes } from "@/lib/incidents/failure-settings";
import { save } from "../actions";
import { SwitchRow } from "./switch-row";

interface FailureModesEditorProps {
  /** Null: for all agents that have none of their own. */
  agent: { id: string; name: string } | null;
  stored: FailureModes;
  inherited: FailureModes;
  basis: string;
  mayEdit: boolean;
}

/** The two failure modes that have numbers: tool errors and rejections. Nothing binds until it is saved with a reason. */
export function FailureModesEditor({ agent, stored, inherited, basis, mayEdit }: FailureModesEditorProps) {
  const [draft, setDraft] = useState(stored);
  const { toolErrors, rejections } = draft;
  const valid = completeModesSchema.safeParse(draft).success;
  const changed = JSON.stringify(draft) !== JSON.stringify(stored);
  const tools = (part: Partial<FailureModes["toolErrors"]>) =>
    setDraft({ ...draft, toolErrors: { ...toolErrors, ...part } });
  const rejected = (part: Partial<FailureModes["rejections"]>) =>
    setDraft({ ...draft, rejections: { ...rejections, ...part } });
  const number = <Part extends "toolErrors" | "rejections">(part: Part, key: NumberKey<Part>) => ({
    value: Number(draft[part][key]),
    saved: Number(stored[part][key]),
    builtIn: Number(inherited[part][key]),
    readOnly: !mayEdit,
  });
  return (
    <>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card>
          <CardHeader
            title="A tool fails"
            description="The agent is told when to try again, and when it is no use; then people are."
          />
          <CardBody className="divide-y divide-line py-1">
            <NumberRow
              label="Retries"
              hint={waitsOf(toolErrors)}
              unit="times"
              min={0}
              max={1_000}
              {...number("toolErrors", "retries")}
              onChange={(retries) => tools({ retries })}
            />
            <NumberRow
              label="First wait"
              hint="Each further wait is twice as long."
              unit="ms"
              min={100}
              max={3_600_000}
              {...number("toolErrors", "firstWaitMs")}
              onChange={(firstWaitMs) => tools({ firstWaitMs })}
            />
            <NumberRow
              label="Longest wait"
              hint="No wait is longer than this."
              unit="ms"
              min={100}
              max={3_600_000}
              {...number("toolErrors", "longestWaitMs")}
              onChange={(longestWaitMs) => tools({ longestWaitMs })}
            />
            <NumberRow
              label="Incident after"
              hint={
                toolErrors.incidentAfter === 0
                  ? "0: tool errors never open an incident."
                  : "Errors in a row within one run. A success starts the count anew."
              }
              unit="errors"
              min={0}
              max={1_000}
              {...number("toolErrors", "incidentAfter")}
              onChange={(incidentAfter) => tools({ incidentAfter })}
            />
            <SwitchRow
              label="Suspend the agent"
              hint="With that incident, until somebody resumes it."
              checked={toolErrors.pauses}
              disabled={!mayEdit}
              onChange={(pauses) => tools({ pauses })}
            />
          </CardBody>
        </Card>
        <Card>
          <CardHeader
            title="People keep saying no"
            description="An agent whose requests are rejected again and again has misunderstood its task."
          />
          <CardBody className="divide-y divide-line py-1">
            <NumberRow
              label="Incident after"
              hint={
                rejections.incidentAfter === 0
                  ? "0: rejections never open an incident."
                  : "Rejected approvals of one agent within the window."
              }
              unit="rejections"
              min={0}
              max={1_000}
              {...number("rejections", "incidentAfter")}
              onChange={(incidentAfter) => rejected({ incidentAfter })}
            />
            <NumberRow
              label="Window"
              hint={Number.isFinite(rejections.withinMinutes) ? formatDuration(rejections.withinMinutes * 60_000) : " "}
              unit="minutes"
              min={1}
              max={44_640}
              {...number("rejections", "withinMinutes")}
              onChange={(withinMinutes) => rejected({ withinMinutes })}
            />
            <SwitchRow
              label="Suspend the agent"
              hint="With that incident, until somebody resumes it."
              checked={rejections.pauses}
              disabled={!mayEdit}
              onChange={(pauses) => rejected({ pauses })}
            />
          </CardBody>
        </Card>
      </div>
      {changed && (
        <div className="sticky bottom-3 z-20 flex flex-wrap items-center justify-end gap-2 rounded-lg border border-line-strong bg-overlay px-4 py-3 shadow-overlay">
          <p className="mr-auto text-sm text-muted">{valid ? "Not saved yet." : "A value is out of its bounds."}</p>
          <Button variant="ghost" onClick={() => setDraft(stored)}>
            Discard
          </Button>
          <ReasonDialog
            title={agent === null ? "Save for every agent" : `Save for ${agent.name}`}
            description={
              agent === null
                ? "Agents with modes of their own keep those."
                : "What equals the modes of all agents follows them from now on."
            }
            confirm="Save"
            tone="primary"
            action={(fields) =>
              save({ agentId: agent?.id ?? null, modes: draft, basis, reason: fields.text("reason") })
            }
            onDone={() => toast.success("The failure modes are in force")}
            trigger={
              <Button variant="primary" disabled={!valid}>
                Save
              </Button>
            }
          />
        </div>
      )}
      {!mayEdit && (
        <p className="text-sm text-muted">
          {agent === null
            ? "An admin of the organisation changes what holds for every agent."
            : "Whoever manages this agent changes its modes."}
        </p>
      )}
    </>
  );
}

type NumberKey<Part extends "toolErrors" | "rejections"> = Exclude<keyof FailureModes[Part], "pauses">;

/** "Waits 1s, 2s, 4s; then it says what blocks it." */
function waitsOf(modes: FailureModes["toolErrors"]): string {
  if (modes.retries === 0) return "0: the agent is never told to try again.";
  const waits = [1, 2, 3, 4].flatMap((streak) => {
    const advice = retryAdvice(streak, modes);
    return advice && Number.isFinite(advice.afterMs) ? [formatDuration(advice.afterMs)] : [];
  });
  return `Waits ${waits.join(", ")}${modes.retries > 4 ? " …" : ""}; then it says what blocks it.`;
}
