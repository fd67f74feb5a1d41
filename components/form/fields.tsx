"use client";
import type { ComponentProps } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { Select, type SelectOption } from "@/components/ui/select";
import { Switch } from "@/components/ui/switch";
import { Textarea } from "@/components/ui/textarea";
import { Field, type FieldProps } from "./field";

type FieldOnly = Omit<FieldProps, "children" | "inline">;
type Rest<Props> = Omit<Props, keyof FieldOnly | "id">;

export function TextField({
  name,
  label,
  hint,
  required,
  className,
  ...input
}: FieldOnly & Rest<ComponentProps<"input">>) {
  return (
    <Field name={name} label={label} hint={hint} required={required} className={className}>
      {(control) => <Input {...control} {...input} />}
    </Field>
  );
}

export function TextareaField({
  name,
  label,
  hint,
  required,
  className,
  ...textarea
}: FieldOnly & Rest<ComponentProps<"textarea">>) {
  return (
    <Field name={name} label={label} hint={hint} required={required} className={className}>
      {(control) => <Textarea {...control} {...textarea} />}
    </Field>
  );
}

interface SelectFieldProps extends FieldOnly {
  options: readonly SelectOption[];
  placeholder?: string;
  defaultValue?: string;
  value?: string;
  onValueChange?: (value: string) => void;
  disabled?: boolean;
}

export function SelectField({ name, label, hint, required, className, ...select }: SelectFieldProps) {
  return (
    <Field name={name} label={label} hint={hint} required={required} className={className}>
      {(control) => <Select {...control} {...select} />}
    </Field>
  );
}

type ToggleProps = FieldOnly & {
  defaultChecked?: boolean;
  value?: string;
  disabled?: boolean;
  onCheckedChange?: (checked: boolean) => void;
};

/** Sends `value` ("on" by default) when ticked, nothing otherwise. */
export function CheckboxField({ name, label, hint, required, className, onCheckedChange, ...box }: ToggleProps) {
  return (
    <Field inline name={name} label={label} hint={hint} required={required} className={className}>
      {(control) => (
        <Checkbox {...control} {...box} onCheckedChange={(checked) => onCheckedChange?.(checked === true)} />
      )}
    </Field>
  );
}

export function SwitchField({ name, label, hint, required, className, ...toggle }: ToggleProps) {
  return (
    <Field inline name={name} label={label} hint={hint} required={required} className={className}>
      {(control) => <Switch {...control} {...toggle} />}
    </Field>
  );
}
