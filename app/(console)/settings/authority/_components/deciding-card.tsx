"use client";
import { Plus } from "lucide-react";

import { NumberRow } from "@/app/(console)/settings/authority/_components/number-row";
import { RejectReasonRow } from "@/app/(console)/settings/authority/_components/reject-reason-row";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { RejectReason } from "@/lib/tiers/approval-settings";
import type { AuthoritySettings } from "@/lib/tiers/authority-settings";

type Approvals = AuthoritySettings["approvals"];

const REASONS_MAX = 20;

interface DecidingCardProps {
  draft: Approvals;
  stored: Approvals;
  builtIn: Approvals;
  readOnly: boolean;
  onChange: (approvals: Approvals) => void;
}

/** How people decide what waits: the way back, the time on the evidence, and ready reasons for saying no. */
export function DecidingCard({ draft, stored, builtIn, readOnly, onChange }: DecidingCardProps) {
  const reasons = draft.rejectReasons;
  const setReasons = (rejectReasons: RejectReason[]) => onChange({ ...draft, rejectReasons });
  const changed = JSON.stringify(reasons) !== JSON.stringify(builtIn.rejectReasons);
  return (
    <Card>
      <CardHeader
        title="How people decide"
        description="For every approval. What is decided is recorded at once; its release to the agent is what waits."
      />
      <CardBody className="divide-y divide-line py-1">
        <NumberRow
          label="Time to undo"
          hint={
            draft.undoSeconds === 0
              ? "0 releases a decision at once: it cannot be undone."
              : "Until then the agent waits on, and the decision can be taken back."
          }
          unit="seconds"
          min={0}
          max={60}
          value={draft.undoSeconds}
          saved={stored.undoSeconds}
          builtIn={builtIn.undoSeconds}
          readOnly={readOnly}
          onChange={(undoSeconds) => onChange({ ...draft, undoSeconds })}
        />
        <NumberRow
          label="Evidence before a high risk approval"
          hint={
            draft.minimumSeconds.high === 0
              ? "0 asks for the confirmation only."
              : "So long it must have been open, beside being confirmed. The server measures."
          }
          unit="seconds"
          min={0}
          max={600}
          value={draft.minimumSeconds.high}
          saved={stored.minimumSeconds.high}
          builtIn={builtIn.minimumSeconds.high}
          readOnly={readOnly}
          onChange={(high) => onChange({ ...draft, minimumSeconds: { high } })}
        />
        <fieldset className="py-2.5">
          <legend className="float-left text-sm font-medium">Reasons for rejecting</legend>
          {changed && !readOnly && (
            <Button
              size="sm"
              variant="ghost"
              className="float-right"
              aria-label="Reset the reasons for rejecting"
              onClick={() => setReasons([...builtIn.rejectReasons])}
            >
              Reset
            </Button>
          )}
          <p className="clear-left text-xs text-muted">
            Offered to whoever rejects, who may change the words. The agent reads them.
          </p>
          <ul className="clear-both mt-2 flex flex-col gap-2">
            {reasons.map((reason, place) => (
              <RejectReasonRow
                key={reason.id}
                reason={reason}
                place={place + 1}
                readOnly={readOnly}
                onChange={(next) => setReasons(reasons.map((one) => (one.id === reason.id ? next : one)))}
                onRemove={() => setReasons(reasons.filter((one) => one.id !== reason.id))}
              />
            ))}
          </ul>
          {reasons.length === 0 && <p className="text-sm text-muted">None: everybody writes their own.</p>}
          {!readOnly && reasons.length < REASONS_MAX && (
            <Button
              size="sm"
              className="mt-2"
              onClick={() => setReasons([...reasons, { id: freshId(), label: "", text: "" }])}
            >
              <Plus aria-hidden /> Add a reason
            </Button>
          )}
        </fieldset>
      </CardBody>
    </Card>
  );
}

/** Measures count by it, whatever the words become. */
const freshId = (): string => `reason_${crypto.randomUUID().slice(0, 8)}`;
