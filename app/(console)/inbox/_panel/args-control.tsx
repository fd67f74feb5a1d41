"use client";
import { useState } from "react";
import { SelectField, TextareaField, TextField } from "@/components/form/fields";
import type { ArgsField } from "@/lib/catalogue/args-form";
import { keyLabel } from "@/lib/decisions/words";
import { visibleText } from "@/lib/kernel/visible-text";

/** A control's name in its form: arguments may be called anything, also "comment". */
export const controlName = (argument: string): string => `arg:${argument}`;

/** A select has no empty value. */
const NOTHING = "none";
const LONG = 80;

interface ArgsControlProps {
  field: ArgsField;
  text: string;
  onText: (text: string) => void;
}

/** One argument to edit. */
export function ArgsControl({ field, text, onText }: ArgsControlProps) {
  // As it began: a control that is exchanged while one types loses the focus.
  const [long] = useState(text.length > LONG || text.includes("\n"));
  const shared = {
    name: controlName(field.name),
    label: visibleText(keyLabel(field.name)),
    required: field.required && !field.nullable,
    ...(field.description !== null && { hint: field.description }),
  };
  const typed = { value: text, onChange: (event: { target: { value: string } }) => onText(event.target.value) };
  switch (field.kind) {
    case "choice": {
      const options = field.choices.map((choice, place) => ({ value: String(place), label: wordOf(choice) }));
      const empty = shared.required ? [] : [{ value: NOTHING, label: "Not given" }];
      return (
        <SelectField
          {...shared}
          options={[...empty, ...options]}
          placeholder="Choose"
          value={text === "" ? (shared.required ? "" : NOTHING) : text}
          onValueChange={(value) => onText(value === NOTHING ? "" : value)}
        />
      );
    }
    case "number":
    case "integer":
      return <TextField {...shared} {...typed} inputMode="decimal" autoComplete="off" className="max-w-60" />;
    case "text":
      return long ? (
        <TextareaField {...shared} {...typed} rows={4} {...maxLength(field)} />
      ) : (
        <TextField {...shared} {...typed} autoComplete="off" {...maxLength(field)} />
      );
    case "json":
      return <TextareaField {...shared} {...typed} rows={4} spellCheck={false} className="font-mono text-xs" />;
  }
}

const maxLength = (field: ArgsField) => (field.maxLength === null ? {} : { maxLength: field.maxLength });

const wordOf = (choice: ArgsField["choices"][number]): string =>
  typeof choice === "boolean" ? (choice ? "Yes" : "No") : visibleText(String(choice));
