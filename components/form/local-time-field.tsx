"use client";
import { useState } from "react";

import { TextField } from "@/components/form/fields";
import { useTimeZone } from "@/components/ui/time-zone";
import { inZone, instantsOf } from "@/lib/kernel/zone";

interface LocalTimeFieldProps {
  name: string;
  label: string;
  hint?: string;
  required?: boolean;
  /** The time at which it is opened stands there at first. */
  fromNow?: boolean;
  /** … or this one does. */
  at?: Date | null;
}

/** A day and time on the viewer's own clock. Read it by {@link instantOfLocal}. */
export function LocalTimeField({ name, label, hint, required, fromNow = false, at = null }: LocalTimeFieldProps) {
  const zone = useTimeZone();
  const [initial] = useState(() => {
    const start = at ?? (fromNow ? new Date() : null);
    return start === null ? undefined : localText(start, zone);
  });
  return (
    <TextField name={name} label={label} hint={hint} required={required} type="datetime-local" defaultValue={initial} />
  );
}

/** As `2026-11-23T09:30`. */
const localText = (instant: Date, zone: string): string => inZone(instant, zone).toISOString().slice(0, 16);

/** The instant at which the viewer's clock first shows what was typed, as ISO text; what is no time stays as it is, for the server to refuse. */
export function instantOfLocal(text: string, zone: string): string {
  const wall = Date.parse(`${text}Z`);
  return Number.isNaN(wall) ? text : new Date(instantsOf(wall, zone)[0]).toISOString();
}
