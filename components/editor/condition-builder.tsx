"use client";
import { Braces, Plus, Trash2 } from "lucide-react";
import { useState } from "react";

import { FieldPicker } from "@/components/editor/field-picker";
import { TestInput } from "@/components/editor/test-input";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Select } from "@/components/ui/select";
import { Tooltip } from "@/components/ui/tooltip";
import type { Field } from "@/lib/policies/builder/fields";
import { group, row, type Custom, type Group, type Item, type Row } from "@/lib/policies/builder/model";
import { choiceLabel, choiceOf, choicesFor, fieldOr, firstTest, testOf } from "@/lib/policies/builder/operators";
import { parse } from "@/lib/policies/builder/parse";
import { print } from "@/lib/policies/builder/print";

interface ConditionBuilderProps {
  /** The condition's text; null is none. */
  value: string | null;
  onChange: (text: string | null) => void;
  fields: readonly Field[];
  dataClasses: readonly string[];
  onEditText: () => void;
}

/** A condition as rows. What it shows follows the text, and each change of a row is at once a change of the text. */
export function ConditionBuilder({ value, onChange, fields, dataClasses, onEditText }: ConditionBuilderProps) {
  const [shown, setShown] = useState(() => ({ text: value, parsed: parse(value) }));
  // The text was changed elsewhere. What was printed here is not read again: a group of one would lose its kind.
  const current = shown.text === value ? shown : { text: value, parsed: parse(value) };
  if (current !== shown) setShown(current);
  if (!current.parsed.ok) {
    return (
      <div className="flex flex-wrap items-center justify-between gap-2 rounded-md border border-dashed border-line-strong p-3 text-sm">
        <p className="text-muted">Rows can be shown once the text is a condition.</p>
        <Button size="sm" onClick={onEditText}>
          <Braces aria-hidden />
          Edit the text
        </Button>
      </div>
    );
  }
  const change = (model: Group) => {
    const text = print(model);
    setShown({ text, parsed: { ok: true, model } });
    onChange(text);
  };
  const { model } = current.parsed;
  const tools = { fields, dataClasses, onEditText };
  return model.items.length === 0 ? (
    <div className="flex flex-wrap items-center justify-between gap-2 rounded-md border border-dashed border-line-strong p-3 text-sm">
      <p className="text-muted">No condition: the rule holds whenever its actions are asked for.</p>
      <AddRow fields={fields} onAdd={(one) => change(group("all", [one]))} />
    </div>
  ) : (
    <GroupRows group={model} onChange={change} depth={0} tools={tools} />
  );
}

interface Tools {
  fields: readonly Field[];
  dataClasses: readonly string[];
  onEditText: () => void;
}

const JOINS = [
  { value: "all", label: "All of these hold" },
  { value: "any", label: "Any of these holds" },
  { value: "none", label: "None of these holds" },
  { value: "notAll", label: "Not all of these hold" },
];
type JoinChoice = "all" | "any" | "none" | "notAll";
const joinChoice = ({ join, negated }: Group): JoinChoice =>
  join === "all" ? (negated ? "notAll" : "all") : negated ? "none" : "any";
const joinOf = (choice: string): Pick<Group, "join" | "negated"> => ({
  join: choice === "all" || choice === "notAll" ? "all" : "any",
  negated: choice === "none" || choice === "notAll",
});

/** Deeper groups are possible in the text; here they would leave no room. */
const DEPTH_MAX = 2;

interface GroupRowsProps {
  group: Group;
  onChange: (group: Group) => void;
  onRemove?: () => void;
  depth: number;
  tools: Tools;
}

function GroupRows({ group: own, onChange, onRemove, depth, tools }: GroupRowsProps) {
  const replace = (at: number, next: Item | null) =>
    onChange({ ...own, items: own.items.flatMap((item, index) => (index === at ? (next ?? []) : [item])) });
  const add = (item: Item) => onChange({ ...own, items: [...own.items, item] });
  return (
    <div
      role="group"
      aria-label={JOINS.find((one) => one.value === joinChoice(own))?.label}
      className={cn("flex min-w-0 flex-col gap-2", depth > 0 && "rounded-md border border-line bg-surface-2 p-2.5")}
    >
      <div className="flex items-center justify-between gap-2">
        <Select
          aria-label="How these come together"
          className="w-52"
          options={JOINS}
          value={joinChoice(own)}
          onValueChange={(choice) => onChange({ ...own, ...joinOf(choice) })}
        />
        {onRemove && <RemoveButton label="Remove the group" onClick={onRemove} />}
      </div>
      <div className="flex flex-col gap-2 border-l-2 border-line-strong pl-3">
        {own.items.map((item, at) => (
          // Rows have no name of their own: their place, and what they look at, tells them apart.
          <ItemRows
            key={`${at}:${item.kind === "row" ? item.field : item.kind}`}
            item={item}
            onChange={(next) => replace(at, next)}
            onRemove={() => replace(at, null)}
            depth={depth}
            tools={tools}
          />
        ))}
        <div className="flex flex-wrap gap-1.5">
          <AddRow fields={tools.fields} onAdd={add} />
          {depth < DEPTH_MAX && (
            <FieldPicker
              aria-label="First condition of the group"
              fields={tools.fields}
              onPick={(expression) =>
                add(group(own.join === "all" ? "any" : "all", [rowFor(expression, tools.fields)]))
              }
              trigger={
                <Button size="sm" variant="ghost">
                  <Plus aria-hidden />
                  Group
                </Button>
              }
            />
          )}
        </div>
      </div>
    </div>
  );
}

function rowFor(expression: string, fields: readonly Field[]): Row {
  const field = fields.find((one) => one.expression === expression) ?? {
    expression,
    label: expression,
    group: "Arguments" as const,
    type: "any" as const,
  };
  return row(expression, firstTest(field));
}

function AddRow({ fields, onAdd }: { fields: readonly Field[]; onAdd: (row: Row) => void }) {
  return (
    <FieldPicker
      aria-label="Add a condition"
      fields={fields}
      onPick={(expression) => onAdd(rowFor(expression, fields))}
      trigger={
        <Button size="sm">
          <Plus aria-hidden />
          Condition
        </Button>
      }
    />
  );
}

interface ItemRowsProps {
  item: Item;
  onChange: (item: Item) => void;
  onRemove: () => void;
  depth: number;
  tools: Tools;
}

function ItemRows({ item, onChange, onRemove, depth, tools }: ItemRowsProps) {
  switch (item.kind) {
    case "group":
      return <GroupRows group={item} onChange={onChange} onRemove={onRemove} depth={depth + 1} tools={tools} />;
    case "custom":
      return <CustomRow item={item} onRemove={onRemove} onEditText={tools.onEditText} />;
    case "row":
      return <ConditionRow item={item} onChange={onChange} onRemove={onRemove} tools={tools} />;
  }
}

interface ConditionRowProps {
  item: Row;
  onChange: (row: Row) => void;
  onRemove: () => void;
  tools: Tools;
}

function ConditionRow({ item, onChange, onRemove, tools: { fields, dataClasses } }: ConditionRowProps) {
  const field = fieldOr(item.field, item.test, fields);
  const choices = choicesFor(field, item.test);
  return (
    <div
      role="group"
      aria-label={`Condition on ${field.label}`}
      className="grid min-w-0 grid-cols-[minmax(0,1fr)_auto] items-start gap-1.5 @2xl:grid-cols-[minmax(0,14rem)_12rem_minmax(0,1fr)_auto]"
    >
      <FieldPicker
        aria-label="Field"
        fields={fields}
        value={item.field}
        onPick={(expression) => expression !== item.field && onChange(rowFor(expression, fields))}
      />
      <RemoveButton label={`Remove the condition on ${field.label}`} onClick={onRemove} className="@2xl:order-last" />
      <div className="col-span-2 @2xl:col-span-1">
        <Select
          aria-label="Comparison"
          options={choices.map((choice) => ({ value: choice, label: choiceLabel(choice, field.type) }))}
          value={choiceOf(item.test)}
          onValueChange={(value) => {
            const choice = choices.find((one) => one === value);
            if (choice) onChange({ ...item, test: testOf(choice, field, item.test) });
          }}
        />
      </div>
      <div className="col-span-2 min-w-0 @2xl:col-span-1">
        <TestInput
          field={field}
          fields={fields}
          test={item.test}
          dataClasses={dataClasses}
          onChange={(test) => onChange({ ...item, test })}
        />
      </div>
    </div>
  );
}

function CustomRow({ item, onRemove, onEditText }: { item: Custom; onRemove: () => void; onEditText: () => void }) {
  return (
    <div role="group" aria-label="Custom condition" className="flex min-w-0 items-start gap-1.5">
      <div className="min-w-0 flex-1 rounded-md border border-line bg-surface-2 px-2.5 py-1.5">
        <div className="flex items-center justify-between gap-2">
          <span className="text-xs text-muted">Custom condition</span>
          <Button variant="link" size="xs" onClick={onEditText}>
            Edit as text
          </Button>
        </div>
        <pre className="max-h-40 overflow-y-auto font-mono text-xs leading-5 whitespace-pre-wrap wrap-anywhere">
          {item.text}
        </pre>
      </div>
      <RemoveButton label="Remove the custom condition" onClick={onRemove} />
    </div>
  );
}

function RemoveButton({ label, onClick, className }: { label: string; onClick: () => void; className?: string }) {
  return (
    <Tooltip label={label}>
      <Button variant="ghost" size="icon" aria-label={label} onClick={onClick} className={className}>
        <Trash2 aria-hidden />
      </Button>
    </Tooltip>
  );
}
