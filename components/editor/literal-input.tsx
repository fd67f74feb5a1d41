"use client";
import { useId, useState } from "react";

import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Field } from "@/lib/policies/builder/fields";
import type { Literal } from "@/lib/policies/builder/model";
import { literalFor } from "@/lib/policies/builder/operators";

interface LiteralInputProps {
  field: Field;
  value: Literal;
  onChange: (value: Literal) => void;
  /** Offered, but not the only ones. */
  suggestions?: readonly string[];
  "aria-label": string;
}

/** A value that is written out, in the way of its type. What is no value yet stays in the control and changes nothing. */
export function LiteralInput({ field, value, onChange, suggestions, ...aria }: LiteralInputProps) {
  const listId = useId();
  if (value.kind === "boolean") {
    return (
      <Select
        {...aria}
        value={String(value.value)}
        options={[
          { value: "true", label: "yes" },
          { value: "false", label: "no" },
        ]}
        onValueChange={(one) => onChange({ kind: "boolean", value: one === "true" })}
      />
    );
  }
  if (value.kind === "integer" || value.kind === "decimal") {
    return <NumberInput {...aria} value={value} onChange={onChange} />;
  }
  if (value.kind === "time") return <TimeInput {...aria} value={value.value} onChange={onChange} />;
  if (value.kind === "null") return <Input {...aria} value="null" readOnly />;
  if (field.options?.includes(value.value)) {
    const options = field.options.map((one) => ({ value: one, label: one }));
    return (
      <Select
        {...aria}
        value={value.value}
        options={options}
        onValueChange={(one) => onChange({ kind: "text", value: one })}
      />
    );
  }
  return (
    <>
      <Input
        {...aria}
        list={suggestions && suggestions.length > 0 ? listId : undefined}
        value={value.value}
        placeholder="empty text"
        onChange={(event) => onChange({ kind: "text", value: event.target.value })}
      />
      {suggestions && (
        <datalist id={listId}>
          {suggestions.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </datalist>
      )}
    </>
  );
}

interface NumberInputProps {
  value: Extract<Literal, { kind: "integer" | "decimal" }>;
  onChange: (value: Literal) => void;
  "aria-label": string;
}

function NumberInput({ value, onChange, ...aria }: NumberInputProps) {
  const [typed, setTyped] = useState(String(value.value));
  const [known, setKnown] = useState(value.value);
  if (known !== value.value) {
    setKnown(value.value);
    if (numberOf(typed, value.kind) !== value.value) setTyped(String(value.value));
  }
  const isNumber = numberOf(typed, value.kind) !== null;
  return (
    <Input
      {...aria}
      inputMode={value.kind === "integer" ? "numeric" : "decimal"}
      className="tabular-nums"
      value={typed}
      aria-invalid={isNumber ? undefined : true}
      title={isNumber ? undefined : value.kind === "integer" ? "A whole number" : "A number"}
      onBlur={() => setTyped(String(value.value))}
      onChange={(event) => {
        setTyped(event.target.value);
        const number = numberOf(event.target.value, value.kind);
        if (number !== null) onChange({ kind: value.kind, value: number });
      }}
    />
  );
}

function numberOf(text: string, kind: "integer" | "decimal"): number | null {
  const number = Number(text.trim().replace(",", "."));
  if (text.trim() === "" || !Number.isFinite(number)) return null;
  return kind === "decimal" || Number.isSafeInteger(number) ? number : null;
}

interface TimeInputProps {
  value: string;
  onChange: (value: Literal) => void;
  "aria-label": string;
}

/** In UTC, as the rule says it. */
function TimeInput({ value, onChange, ...aria }: TimeInputProps) {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) {
    return (
      <Input {...aria} value={value} onChange={(event) => onChange({ kind: "time", value: event.target.value })} />
    );
  }
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <Input
        {...aria}
        type="datetime-local"
        value={at.toISOString().slice(0, 16)}
        onChange={(event) => {
          const next = new Date(`${event.target.value}:00Z`);
          if (!Number.isNaN(next.getTime())) onChange({ kind: "time", value: next.toISOString().replace(".000", "") });
        }}
      />
      <span className="text-xs text-muted">UTC</span>
    </span>
  );
}

/** Several values, each a chip; Enter or a comma adds one. */
export function LiteralsInput({
  field,
  values,
  onChange,
  ...aria
}: {
  field: Field;
  values: readonly Literal[];
  onChange: (values: Literal[]) => void;
  "aria-label": string;
}) {
  const [typed, setTyped] = useState("");
  const kind = values[0]?.kind ?? "text";
  const add = () => {
    const next = readAs(field, kind, typed.trim());
    if (typed.trim() === "" || next === null) return;
    setTyped("");
    if (!values.some((one) => textOf(one) === textOf(next)))
      onChange([...values.filter((one) => textOf(one) !== ""), next]);
  };
  return (
    <div className="flex min-h-8 w-full min-w-0 flex-wrap items-center gap-1 rounded-md border border-control bg-surface px-1.5 py-1 focus-within:border-ring focus-within:outline-2 focus-within:outline-ring">
      {values
        .filter((one) => textOf(one) !== "")
        .map((one) => (
          <span
            key={textOf(one)}
            className="inline-flex h-6 max-w-full items-center gap-1 rounded-sm bg-surface-3 pl-1.5 text-xs"
          >
            <span className="truncate">{textOf(one)}</span>
            {values.length > 1 && (
              <button
                type="button"
                aria-label={`Remove ${textOf(one)}`}
                className="flex size-6 items-center justify-center rounded-sm text-muted hover:text-foreground"
                onClick={() => onChange(values.filter((other) => other !== one))}
              >
                ×
              </button>
            )}
          </span>
        ))}
      <input
        {...aria}
        className="h-6 min-w-20 flex-1 bg-transparent px-1 text-sm outline-none"
        placeholder="Add a value"
        list={undefined}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={add}
        onKeyDown={(event) => {
          if ((event.key !== "Enter" && event.key !== ",") || event.metaKey || event.ctrlKey) return;
          event.preventDefault();
          add();
        }}
      />
    </div>
  );
}

const textOf = (literal: Literal): string => ("value" in literal ? String(literal.value) : "null");

function readAs(field: Field, kind: Literal["kind"], text: string): Literal | null {
  if (kind !== "integer" && kind !== "decimal")
    return literalFor({ ...field, type: "text" }, { kind: "text", value: text });
  const number = numberOf(text, kind);
  return number === null ? null : { kind, value: number };
}
