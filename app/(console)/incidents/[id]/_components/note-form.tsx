"use client";
import { TextareaField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { note } from "../../actions";

/** Adds a line to the timeline. */
export function NoteForm({ incidentId }: { incidentId: string }) {
  return (
    <Form
      aria-label="Add a note"
      resetOnSuccess
      className="gap-2 border-t border-line pt-4"
      action={(fields) => note({ incidentId, text: fields.text("text") })}
    >
      <TextareaField
        required
        name="text"
        label="Note"
        placeholder="What was found out, what was done"
        maxLength={4_000}
      />
      <SubmitButton variant="secondary" className="self-start">
        Add the note
      </SubmitButton>
    </Form>
  );
}
