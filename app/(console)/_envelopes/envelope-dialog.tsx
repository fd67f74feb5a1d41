"use client";
import { setNodeEnvelope } from "@/app/(console)/_envelopes/actions";
import { envelopeFrom, fieldName } from "@/app/(console)/_envelopes/envelope-fields";
import { EnvelopeMeters } from "@/components/domain/envelope-meters";
import { TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { Button } from "@/components/ui/button";
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import { UNITS, type Unit } from "@/lib/budgets/envelope";
import { PERIODS, type Period } from "@/lib/budgets/periods";
import type { EnvelopeView } from "@/lib/budgets/views";

interface EnvelopeDialogProps {
  node: { id: string; name: string };
  view: EnvelopeView;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** What a node's envelope has taken and, for a manager of the node above, what it may take. */
export function EnvelopeDialog({ node, view, open, onOpenChange }: EnvelopeDialogProps) {
  const nothing = view.meters.length === 0 && view.runs.length === 0 && !view.unreadable;
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={`Envelope of ${node.name}`}
        description="What it and all below it may use. Windows are hours, days and months of UTC."
        className="max-w-xl"
      >
        <Form
          action={(fields) => setNodeEnvelope({ id: node.id, envelope: envelopeFrom((name) => fields.text(name)) })}
          className="min-h-0 gap-0"
          onSuccess={() => {
            onOpenChange(false);
            toast.success(`The envelope of ${node.name} is set`, "It binds the next decision.");
          }}
        >
          <DialogBody className="flex flex-col gap-4 pt-1">
            {nothing ? (
              <p className="text-sm text-muted">Nothing is limited here.</p>
            ) : (
              <EnvelopeMeters view={view} ownId={node.id} />
            )}
            {view.maySet ? (
              <Limits view={view} />
            ) : (
              <p className="text-sm text-muted">It is set by a manager of the node above.</p>
            )}
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild>
              <Button variant="ghost">{view.maySet ? "Cancel" : "Close"}</Button>
            </DialogClose>
            {view.maySet && <SubmitButton>Set the envelope</SubmitButton>}
          </DialogFooter>
        </Form>
      </DialogContent>
    </Dialog>
  );
}

const PERIOD_WORDS: Record<Period, string> = { run: "Each run", hour: "Hour", day: "Day", month: "Month" };
const UNIT_WORDS: Record<Unit, { label: string; step: string; min: string }> = {
  usd: { label: "US dollars", step: "any", min: "0" },
  tokens: { label: "Tokens", step: "1", min: "1" },
  calls: { label: "Calls", step: "1", min: "1" },
};

function Limits({ view }: { view: EnvelopeView }) {
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-3">
      <p className="text-xs text-muted">What is left empty is not limited.</p>
      {PERIODS.map((period) => (
        <fieldset key={period}>
          <legend className="mb-1 text-sm font-medium">{PERIOD_WORDS[period]}</legend>
          <div className="grid gap-2 sm:grid-cols-3">
            {UNITS.map((unit) => (
              <TextField
                key={unit}
                name={fieldName(period, unit)}
                label={UNIT_WORDS[unit].label}
                type="number"
                inputMode="decimal"
                min={UNIT_WORDS[unit].min}
                step={UNIT_WORDS[unit].step}
                defaultValue={view.own[period]?.[unit]}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}
