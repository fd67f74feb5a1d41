"use client";
import { addTeam } from "@/app/(console)/chart/actions";
import { personOptions, placeOptions } from "@/app/(console)/chart/_edit/choices";
import { NameAndSlug } from "@/app/(console)/chart/_edit/name-and-slug";
import { NodeDialog, type OpenProps } from "@/app/(console)/chart/_edit/node-dialog";
import { ChoiceField } from "@/components/form/choice-field";
import { toast } from "@/components/ui/toast";
import type { ChartChoices } from "@/lib/agents/chart-choices";

export interface AddNodeProps extends OpenProps {
  choices: ChartChoices;
  /** Where it stands unless another place is chosen. */
  parentId: string;
  onAdded: (parentId: string, id: string) => void;
}

export function AddTeamDialog({ choices, parentId, onAdded, ...open }: AddNodeProps) {
  return (
    <NodeDialog
      {...open}
      title="New team"
      description="People with a role on it see and decide what stands below it."
      confirm="Add the team"
      action={async (fields) => {
        const below = fields.text("parentId");
        const made = await addTeam({
          parentId: below,
          name: fields.text("name"),
          slug: fields.text("slug"),
          leadId: fields.optional("leadId") ?? null,
        });
        return made.ok ? { ok: true, value: { below, id: made.value.id } } : made;
      }}
      onDone={({ below, id }) => {
        toast.success("The team is in the chart");
        onAdded(below, id);
      }}
    >
      <NameAndSlug placeholder="Customer support" />
      <ChoiceField
        name="parentId"
        label="Stands below"
        required
        options={placeOptions(choices.places)}
        defaultValue={parentId}
      />
      <ChoiceField
        name="leadId"
        label="Lead"
        hint="Is asked when nobody nearer may decide. A role is given beside this, under People."
        none="Nobody"
        options={personOptions(choices.people)}
      />
    </NodeDialog>
  );
}
