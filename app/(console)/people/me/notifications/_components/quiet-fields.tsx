"use client";
import { SwitchField, TextField } from "@/components/form/fields";
import { clockOf, type QuietHours } from "@/lib/notify/choices";

interface QuietFieldsProps {
  on: boolean;
  onChange: (on: boolean) => void;
  quiet: QuietHours | null;
  digestAt: number;
}

export function QuietFields({ on, onChange, quiet, digestAt }: QuietFieldsProps) {
  return (
    <>
      <SwitchField
        name="quiet"
        label="Quiet hours"
        hint="E-mail and chat wait until they end and then come together. What is urgent does not wait."
        defaultChecked={on}
        onCheckedChange={onChange}
      />
      {on && (
        <div className="grid grid-cols-2 gap-4 sm:max-w-xs">
          <TextField
            required
            type="time"
            name="quiet.from"
            label="From"
            defaultValue={clockOf(quiet?.from ?? 22 * 60)}
          />
          <TextField required type="time" name="quiet.to" label="To" defaultValue={clockOf(quiet?.to ?? 7 * 60)} />
        </div>
      )}
      <TextField
        required
        type="time"
        name="digestAt"
        label="Daily digest at"
        className="sm:max-w-36"
        defaultValue={clockOf(digestAt)}
      />
    </>
  );
}
