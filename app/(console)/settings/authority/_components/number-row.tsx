"use client";
import { RotateCcw } from "lucide-react";
import { useId } from "react";

import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";

interface NumberRowProps {
  label: string;
  hint: string;
  unit: string;
  value: number;
  saved: number;
  builtIn: number;
  min: number;
  max: number;
  readOnly: boolean;
  onChange: (value: number) => void;
}

/** A number of the settings with its unit, what it was built in as, and the way back to that. */
export function NumberRow({ label, hint, unit, value, saved, builtIn, min, max, readOnly, onChange }: NumberRowProps) {
  const id = useId();
  const wrong = !Number.isInteger(value) || value < min || value > max;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5 py-2.5">
      <div className="min-w-0 flex-1 basis-64">
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        <p id={`${id}-hint`} className={cn("text-xs", wrong ? "text-deny-text" : "text-muted")}>
          {wrong ? `A whole number from ${min} to ${max}.` : hint}
        </p>
      </div>
      <div className="flex items-center gap-2">
        <Input
          id={id}
          type="number"
          inputMode="numeric"
          min={min}
          max={max}
          step={1}
          readOnly={readOnly}
          aria-describedby={`${id}-hint`}
          aria-invalid={wrong || undefined}
          value={Number.isNaN(value) ? "" : value}
          onChange={(event) => onChange(event.target.value === "" ? Number.NaN : Number(event.target.value))}
          className={cn("w-24 text-right tabular-nums", value !== saved && "outline-2 outline-offset-1 outline-accent")}
        />
        <span className="w-16 text-xs text-muted">{unit}</span>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={`${label}: back to ${builtIn} ${unit}`}
          title={`Built in: ${builtIn} ${unit}`}
          className={cn((readOnly || value === builtIn) && "invisible")}
          onClick={() => onChange(builtIn)}
        >
          <RotateCcw aria-hidden />
        </Button>
      </div>
    </div>
  );
}
