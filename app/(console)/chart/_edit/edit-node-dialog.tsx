"use client";
import { changeTeam, renamePerson } from "@/app/(console)/chart/actions";
import { personOptions } from "@/app/(console)/chart/_edit/choices";
import { NodeDialog, type OpenProps } from "@/app/(console)/chart/_edit/node-dialog";
import { ChoiceField } from "@/components/form/choice-field";
import { TextField } from "@/components/form/fields";
import { toast } from "@/components/ui/toast";
import type { PersonChoice } from "@/lib/agents/chart-choices";
import type { ChartNode } from "@/lib/agents/chart-queries";

interface EditNodeDialogProps extends OpenProps {
  node: Pick<ChartNode, "id" | "kind" | "name" | "lead" | "leadId">;
  people: readonly PersonChoice[];
}

/** A team's name and lead, or the name of a person's place. Agents are edited on their page. */
export function EditNodeDialog({ node, people, ...open }: EditNodeDialogProps) {
  const isTeam = node.kind === "team";
  const { leadId } = node;
  // A lead out of the viewer's sight, or disabled since, stays chosen until somebody chooses another.
  const leads =
    leadId === null || people.some((person) => person.id === leadId)
      ? people
      : [...people, { id: leadId, name: node.lead ?? "Somebody", email: "" }];
  return (
    <NodeDialog
      {...open}
      title={`Edit ${node.name}`}
      confirm="Save"
      action={async (fields) => {
        const name = fields.text("name");
        if (!isTeam) return await renamePerson({ id: node.id, name });
        const chosen = fields.optional("leadId") ?? null;
        return await changeTeam({ id: node.id, name, ...(chosen !== leadId && { leadId: chosen }) });
      }}
      onDone={() => {
        open.onOpenChange(false);
        toast.success("Saved");
      }}
    >
      <TextField name="name" label="Name" required maxLength={120} autoComplete="off" defaultValue={node.name} />
      {isTeam && (
        <ChoiceField
          name="leadId"
          label="Lead"
          none="Nobody"
          options={personOptions(leads)}
          {...(leadId !== null && { defaultValue: leadId })}
        />
      )}
    </NodeDialog>
  );
}
