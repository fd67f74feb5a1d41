"use client";
import { ArrowLeftRight } from "lucide-react";

import { FieldPicker } from "@/components/editor/field-picker";
import { LiteralInput, LiteralsInput } from "@/components/editor/literal-input";
import { ClockInput, DurationInput } from "@/components/editor/time-inputs";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Tooltip } from "@/components/ui/tooltip";
import type { Field } from "@/lib/policies/builder/fields";
import type { Literal, Test, Value } from "@/lib/policies/builder/model";
import { literalFor } from "@/lib/policies/builder/operators";

interface TestInputProps {
  field: Field;
  fields: readonly Field[];
  test: Test;
  onChange: (test: Test) => void;
  dataClasses: readonly string[];
}

/** What a row compares with. */
export function TestInput({ field, fields, test, onChange, dataClasses }: TestInputProps) {
  switch (test.op) {
    case "exists":
    case "true":
      return null;
    case "olderThan":
    case "newerThan":
      return <DurationInput ms={test.ms} onChange={(ms) => onChange({ ...test, ms })} />;
    case "hours":
    case "days":
      return <ClockInput test={test} onChange={onChange} />;
    case "matches":
      return (
        <Input
          aria-label="Pattern"
          className="font-mono text-xs"
          value={test.pattern}
          onChange={(event) => onChange({ ...test, pattern: event.target.value })}
        />
      );
    case "oneOf":
      return (
        <LiteralsInput
          aria-label="Values"
          field={field}
          values={test.values}
          onChange={(values) => onChange({ ...test, values })}
        />
      );
    case "in":
      return (
        <FieldPicker
          aria-label="List"
          fields={fields.filter(({ type }) => type === "list" || type === "map" || type === "any")}
          value={test.of}
          onPick={(of) => onChange({ ...test, of })}
        />
      );
    case "holds":
      return (
        <LiteralInput
          aria-label="Value"
          field={{ ...field, type: "text" }}
          value={test.value}
          suggestions={field.expression.endsWith("dataClasses") ? dataClasses : undefined}
          onChange={(value) => onChange({ ...test, value })}
        />
      );
    default:
      return (
        <ValueInput
          field={field}
          fields={fields}
          value={test.value}
          onChange={(value) => onChange({ ...test, value } as Test)}
        />
      );
  }
}

const KINDS = [
  { value: "text", label: "text" },
  { value: "decimal", label: "number" },
  { value: "boolean", label: "yes / no" },
];

interface ValueInputProps {
  field: Field;
  fields: readonly Field[];
  value: Value;
  onChange: (value: Value) => void;
}

/** A value, or something else of the request. */
function ValueInput({ field, fields, value, onChange }: ValueInputProps) {
  const swap = () =>
    onChange(value.kind === "field" ? literalFor(field, null) : { kind: "field", field: otherThan(field, fields) });
  return (
    <div className="flex min-w-0 items-center gap-1">
      {value.kind === "field" ? (
        <FieldPicker
          aria-label="Compared with"
          fields={fields}
          value={value.field}
          onPick={(expression) => onChange({ kind: "field", field: expression })}
        />
      ) : (
        <>
          {field.type === "any" && value.kind !== "time" && value.kind !== "null" && (
            <Select
              aria-label="Kind of value"
              className="w-28 shrink-0"
              options={KINDS}
              value={value.kind === "integer" ? "decimal" : value.kind}
              onValueChange={(kind) => onChange(asKind(value, kind))}
            />
          )}
          <div className="min-w-0 flex-1">
            <LiteralInput aria-label="Value" field={field} value={value} onChange={onChange} />
          </div>
        </>
      )}
      <Tooltip label={value.kind === "field" ? "Compare with a value" : "Compare with another field"}>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={value.kind === "field" ? "Compare with a value" : "Compare with another field"}
          onClick={swap}
        >
          <ArrowLeftRight aria-hidden />
        </Button>
      </Tooltip>
    </div>
  );
}

const otherThan = (field: Field, fields: readonly Field[]): string =>
  fields.find((one) => one.type === field.type && one.expression !== field.expression)?.expression ?? "agent.slug";

function asKind(value: Literal, kind: string): Literal {
  if (kind === "decimal") return literalFor({ type: "number" }, value);
  return literalFor({ type: kind === "boolean" ? "boolean" : "text" }, value);
}
