"use client";
import { useRouter } from "next/navigation";

import { add } from "@/app/(console)/agents/actions";
import { personOptions, placeOptions } from "@/app/(console)/chart/_edit/choices";
import { NameAndSlug } from "@/app/(console)/chart/_edit/name-and-slug";
import { TierBadge } from "@/components/domain/tier-badge";
import { DialogActions } from "@/components/form/dialog-actions";
import { ChoiceField } from "@/components/form/choice-field";
import { TextareaField, TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { Dialog, DialogBody, DialogContent } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { ChartChoices } from "@/lib/agents/chart-choices";

interface NewAgentDialogProps {
  choices: ChartChoices;
  /** Who is accountable unless somebody else is chosen. */
  ownerId: string;
  /** Where it stands unless another place is chosen. */
  parentId?: string | undefined;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Puts an agent into the chart and leads to its page, where it gets grants and a credential. */
export function NewAgentDialog({ choices, ownerId, parentId, open, onOpenChange }: NewAgentDialogProps) {
  const router = useRouter();
  const place = parentId ?? choices.places[0]?.id;
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title="New agent"
        description="It can call with a credential, and may do what it is granted: both come next, on its page."
        className="max-w-xl"
      >
        <Form
          aria-label="New agent"
          className="min-h-0 gap-0"
          action={async (fields) => {
            const slug = fields.text("slug");
            const made = await add({
              slug,
              name: fields.text("name"),
              parentId: fields.text("parentId"),
              ownerId: fields.text("ownerId"),
              boundary: {
                purpose: fields.optional("boundary.purpose") ?? null,
                model: fields.optional("boundary.model") ?? null,
                framework: fields.optional("boundary.framework") ?? null,
              },
            });
            return made.ok ? { ok: true, value: slug } : made;
          }}
          onSuccess={(slug) => {
            onOpenChange(false);
            toast.success("The agent is in the chart", "Next: its grants, and a credential.");
            router.push(`/agents/${slug}`);
          }}
        >
          <DialogBody className="flex flex-col gap-4 pt-1">
            <NameAndSlug placeholder="Refund desk" />
            <TextareaField
              name="boundary.purpose"
              label="Purpose"
              rows={2}
              maxLength={2_000}
              placeholder="Answers refund requests of consumers"
            />
            <div className="grid gap-4 sm:grid-cols-2">
              <ChoiceField
                name="parentId"
                label="Stands below"
                required
                options={placeOptions(choices.places)}
                {...(place !== undefined && { defaultValue: place })}
              />
              <ChoiceField
                name="ownerId"
                label="Owner"
                required
                hint="Accountable for what it does."
                options={personOptions(choices.people)}
                defaultValue={ownerId}
              />
            </div>
            <div className="flex flex-col gap-1.5">
              <p className="flex items-center gap-2 text-sm font-medium">
                Tier <TierBadge tier="observe" />
              </p>
              <p className="text-xs text-muted">
                Every new agent begins here: it looks, and nothing else. The next tier is asked for on its page, and
                another person decides it, so that nobody alone makes an agent that acts.
              </p>
            </div>
            <div className="grid gap-4 sm:grid-cols-2">
              <TextField name="boundary.model" label="Model" maxLength={120} autoComplete="off" />
              <TextField name="boundary.framework" label="Framework" maxLength={120} autoComplete="off" />
            </div>
          </DialogBody>
          <DialogActions>
            <SubmitButton>Add the agent</SubmitButton>
          </DialogActions>
        </Form>
      </DialogContent>
    </Dialog>
  );
}
