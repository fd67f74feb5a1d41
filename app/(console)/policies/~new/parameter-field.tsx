"use client";
import { Field } from "@/components/form/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { TemplateParameter } from "@/lib/policies/templates/templates";

/** Radix keeps the empty string for "nothing chosen". */
const NOBODY = "nobody";
const NUMERIC: ReadonlySet<TemplateParameter["kind"]> = new Set(["amount", "count", "percent", "hour"]);

interface ParameterFieldProps {
  parameter: TemplateParameter;
  value: string;
  people: readonly { email: string; name: string }[];
  onChange: (value: string) => void;
}

/** One value of a template. */
export function ParameterField({ parameter, value, people, onChange }: ParameterFieldProps) {
  const { key, label, hint, kind } = parameter;
  if (kind === "person") {
    const options = [
      { value: NOBODY, label: "Nobody in particular" },
      ...people.map((person) => ({ value: person.email, label: person.name, hint: person.email })),
    ];
    return (
      <Field name={key} label={label} hint={hint}>
        {({ name: _name, ...control }) => (
          <Select
            {...control}
            options={options}
            value={value === "" ? NOBODY : value}
            onValueChange={(chosen) => onChange(chosen === NOBODY ? "" : chosen)}
          />
        )}
      </Field>
    );
  }
  return (
    <Field name={key} label={label} hint={hint} required>
      {(control) => (
        <Input
          {...control}
          inputMode={NUMERIC.has(kind) ? "decimal" : undefined}
          value={value}
          maxLength={80}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
