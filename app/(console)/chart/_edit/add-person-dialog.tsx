"use client";
import Link from "next/link";

import { addPerson } from "@/app/(console)/chart/actions";
import type { AddNodeProps } from "@/app/(console)/chart/_edit/add-team-dialog";
import { personOptions, placeOptions } from "@/app/(console)/chart/_edit/choices";
import { NodeDialog } from "@/app/(console)/chart/_edit/node-dialog";
import { ChoiceField } from "@/components/form/choice-field";
import { toast } from "@/components/ui/toast";
import { slugFrom } from "@/lib/kernel/slug";

/** Gives somebody who has an account a place of their own, so that agents can stand below them. */
export function AddPersonDialog({ choices, parentId, onAdded, ...open }: AddNodeProps) {
  const nameOf = (id: string): string => choices.people.find((person) => person.id === id)?.name ?? "";
  return (
    <NodeDialog
      {...open}
      title="A person's place"
      description="Agents below it escalate to that person first."
      confirm="Add the person"
      action={async (fields) => {
        const below = fields.text("parentId");
        const personId = fields.text("personId");
        const name = nameOf(personId);
        const made = await addPerson({ parentId: below, personId, name, slug: slugFrom(name) });
        return made.ok ? { ok: true, value: { below, id: made.value.id, name } } : made;
      }}
      onDone={({ below, id, name }) => {
        toast.success(`${name} is in the chart`);
        onAdded(below, id);
      }}
    >
      <ChoiceField
        name="personId"
        label="Person"
        required
        options={personOptions(choices.people)}
        hint={
          <>
            Somebody without an account is invited under{" "}
            <Link href="/people" className="underline underline-offset-4">
              People
            </Link>
            .
          </>
        }
      />
      <ChoiceField
        name="parentId"
        label="Stands below"
        required
        options={placeOptions(choices.places)}
        defaultValue={parentId}
      />
    </NodeDialog>
  );
}
