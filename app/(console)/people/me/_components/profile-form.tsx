"use client";
import { TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { SubmitButton } from "@/components/form/submit-button";
import { toast } from "@/components/ui/toast";
import { saveProfile } from "../actions";

interface ProfileFormProps {
  name: string;
  timeZone: string | null;
  zones: readonly string[];
}

export function ProfileForm({ name, timeZone, zones }: ProfileFormProps) {
  return (
    <Form
      aria-label="Profile"
      action={(fields) => saveProfile({ name: fields.text("name"), timeZone: fields.optional("timeZone") ?? null })}
      onSuccess={() => toast.success("Saved")}
    >
      <TextField required name="name" label="Name" defaultValue={name} maxLength={120} autoComplete="name" />
      <TextField
        name="timeZone"
        label="Time zone"
        defaultValue={timeZone ?? ""}
        placeholder="As the browser"
        list="time-zones"
        autoComplete="off"
        hint="Times are shown in it, such as Europe/Berlin. Empty follows each browser that you use."
      />
      <datalist id="time-zones">
        {zones.map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </datalist>
      <SubmitButton className="self-start">Save</SubmitButton>
    </Form>
  );
}
