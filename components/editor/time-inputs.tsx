"use client";
import { useState } from "react";

import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Test, Zone } from "@/lib/policies/builder/model";
import { DAYS, DURATION_UNITS, durationParts, type DurationUnit } from "@/lib/policies/builder/words";

const UNITS = Object.keys(DURATION_UNITS).map((unit) => ({ value: unit, label: `${unit}s` }));
const isUnit = (text: string): text is DurationUnit => Object.hasOwn(DURATION_UNITS, text);

/** A length of time, as a number of units. */
export function DurationInput({ ms, onChange }: { ms: number; onChange: (ms: number) => void }) {
  const parts = durationParts(ms);
  const [unit, setUnit] = useState<DurationUnit>(parts.unit);
  const [typed, setTyped] = useState(String(parts.amount));
  const [known, setKnown] = useState(ms);
  if (known !== ms) {
    setKnown(ms);
    if (Number(typed) * DURATION_UNITS[unit] !== ms) {
      setUnit(parts.unit);
      setTyped(String(parts.amount));
    }
  }
  const send = (text: string, of: DurationUnit) => {
    const next = Number(text) * DURATION_UNITS[of];
    if (/^\d{1,6}$/.test(text) && next % 1_000 === 0) onChange(next);
  };
  return (
    <div className="flex min-w-0 gap-1">
      <Input
        aria-label="Length of time"
        inputMode="numeric"
        className="w-20 tabular-nums"
        aria-invalid={/^\d{1,6}$/.test(typed) ? undefined : true}
        value={typed}
        onBlur={() => setTyped(String(ms / DURATION_UNITS[unit]))}
        onChange={(event) => {
          setTyped(event.target.value.trim());
          send(event.target.value.trim(), unit);
        }}
      />
      <Select
        aria-label="Unit of time"
        className="min-w-28"
        options={UNITS}
        value={unit}
        onValueChange={(next) => {
          if (!isUnit(next)) return;
          setUnit(next);
          send(typed, next);
        }}
      />
    </div>
  );
}

type ClockTest = Extract<Test, { op: "hours" | "days" }>;

const HOURS = Array.from({ length: 25 }, (_, hour) => ({ value: String(hour), label: `${hour}:00` }));
/** A week begins on Monday where most readers live; the number is CEL's. */
const WEEK = [1, 2, 3, 4, 5, 6, 0];

/** Hours of the day, or days of the week, on the clock of a zone. */
export function ClockInput({ test, onChange }: { test: ClockTest; onChange: (test: Test) => void }) {
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1">
      {test.op === "hours" ? (
        <>
          <Select
            aria-label="From"
            className="w-24"
            options={HOURS.slice(0, test.to)}
            value={String(test.from)}
            onValueChange={(hour) => onChange({ ...test, from: Number(hour) })}
          />
          <span className="text-xs text-muted">and</span>
          <Select
            aria-label="Until"
            className="w-24"
            options={HOURS.slice(test.from + 1)}
            value={String(test.to)}
            onValueChange={(hour) => onChange({ ...test, to: Number(hour) })}
          />
        </>
      ) : (
        <fieldset className="flex flex-wrap">
          <legend className="sr-only">Days</legend>
          {WEEK.map((day) => (
            <DayToggle
              key={day}
              day={day}
              isOn={test.days.includes(day)}
              onToggle={(isOn) => {
                const days = isOn
                  ? [...test.days, day].toSorted((a, b) => a - b)
                  : test.days.filter((one) => one !== day);
                if (days.length > 0) onChange({ ...test, days });
              }}
            />
          ))}
        </fieldset>
      )}
      <ZoneSelect zone={test.zone} onChange={(zone) => onChange({ ...test, zone })} />
    </div>
  );
}

function DayToggle({ day, isOn, onToggle }: { day: number; isOn: boolean; onToggle: (isOn: boolean) => void }) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      aria-label={DAYS[day]}
      onClick={() => onToggle(!isOn)}
      className={cn(
        "h-8 min-w-9 border border-control px-1 text-xs first-of-type:rounded-l-md last-of-type:rounded-r-md not-first-of-type:-ml-px",
        isOn ? "z-1 border-accent bg-accent-soft font-medium text-accent-text" : "bg-surface text-muted",
      )}
    >
      {DAYS[day]?.slice(0, 2)}
    </button>
  );
}

const keyOf = (zone: Zone): string => (zone.kind === "named" ? zone.name : `(${zone.kind})`);

function ZoneSelect({ zone, onChange }: { zone: Zone; onChange: (zone: Zone) => void }) {
  const mine = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const named = [...new Set([mine, ...(zone.kind === "named" ? [zone.name] : [])])].filter((one) => one !== "UTC");
  const zones: Zone[] = [
    { kind: "organisation" },
    { kind: "utc" },
    ...named.map((name): Zone => ({ kind: "named", name })),
  ];
  return (
    <Select
      aria-label="Time zone"
      className="w-48"
      options={zones.map((one) => ({ value: keyOf(one), label: labelOf(one) }))}
      value={keyOf(zone)}
      onValueChange={(key) => {
        const next = zones.find((one) => keyOf(one) === key);
        if (next) onChange(next);
      }}
    />
  );
}

function labelOf(zone: Zone): string {
  if (zone.kind === "organisation") return "Organisation’s time";
  return zone.kind === "utc" ? "UTC" : zone.name.replaceAll("_", " ");
}
