"use client";
import { CircleAlert } from "lucide-react";
import { useDeferredValue, useId, useMemo } from "react";

import { CelEditor } from "@/components/editor/cel-editor";
import { ConditionBuilder } from "@/components/editor/condition-builder";
import { cn } from "@/components/ui/cn";
import type { EditorWorld } from "@/lib/policies/builder/editor-world";
import { fieldsFor } from "@/lib/policies/builder/fields";
import type { RuleWorld } from "@/lib/policies/rule-faults";
import { faultOfCondition } from "@/lib/policies/rule-faults";

export type ConditionMode = "fields" | "text";

interface ConditionFieldProps {
  value: string | null;
  onChange: (text: string | null) => void;
  patterns: readonly string[];
  world: EditorWorld;
  ruleWorld: RuleWorld;
  mode: ConditionMode;
  onMode: (mode: ConditionMode) => void;
  error: string | null;
}

/** When the rule holds: as rows, or as text. Both are the same text, so that changing between them changes nothing. */
export function ConditionField({
  value,
  onChange,
  patterns,
  world,
  ruleWorld,
  mode,
  onMode,
  error,
}: ConditionFieldProps) {
  const id = useId();
  const names = useDeferredValue(patterns.join(" "));
  const fields = useMemo(() => fieldsFor(names === "" ? [] : names.split(" "), world.actions), [names, world.actions]);
  const check = (text: string) => faultOfCondition(text, patterns.length > 0 ? patterns : ["*"], ruleWorld);
  return (
    <fieldset className="@container flex min-w-0 flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <legend className="float-left text-sm font-medium">
          When <span className="ml-1 font-normal text-muted">optional</span>
        </legend>
        <ModeChoice name={`${id}-mode`} mode={mode} onMode={onMode} />
      </div>
      {mode === "fields" ? (
        <ConditionBuilder
          value={value}
          onChange={onChange}
          fields={fields}
          dataClasses={world.dataClasses}
          onEditText={() => onMode("text")}
        />
      ) : (
        <>
          <CelEditor
            aria-label="Condition as text"
            aria-describedby={`${id}-help`}
            value={value ?? ""}
            onChange={(text) => onChange(text.trim() === "" ? null : text)}
            fields={fields}
            check={check}
            invalid={error !== null}
          />
          <p id={`${id}-help`} className="text-xs text-muted">
            CEL. Control and space offers what can be written. Tab indents; Escape, then Tab leaves.
          </p>
        </>
      )}
      <p aria-live="polite" className={cn("flex items-start gap-1 text-xs text-deny-text", error === null && "hidden")}>
        <CircleAlert aria-hidden className="mt-0.5 size-3 shrink-0" />
        <span className="wrap-anywhere">{error}</span>
      </p>
    </fieldset>
  );
}

function ModeChoice({ name, mode, onMode }: { name: string } & Pick<ConditionFieldProps, "mode" | "onMode">) {
  return (
    <div
      role="radiogroup"
      aria-label="How the condition is shown"
      className="flex rounded-md border border-line-strong p-0.5"
    >
      {(["fields", "text"] as const).map((one) => (
        <label
          key={one}
          className={cn(
            "relative flex h-6 cursor-pointer items-center rounded-sm px-2.5 text-xs has-focus-visible:outline-2 has-focus-visible:outline-ring",
            mode === one ? "bg-surface-3 font-medium text-foreground" : "text-muted hover:text-foreground",
          )}
        >
          <input type="radio" name={name} className="sr-only" checked={mode === one} onChange={() => onMode(one)} />
          {one === "fields" ? "Fields" : "Text"}
        </label>
      ))}
    </div>
  );
}
