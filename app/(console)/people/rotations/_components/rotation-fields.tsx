"use client";
import { useState } from "react";

import type { FormFields } from "@/components/form/fields-of";
import { SelectField, TextField } from "@/components/form/fields";
import { useTimeZone } from "@/components/ui/time-zone";
import { slugFrom } from "@/lib/kernel/slug";
import { SHIFT_UNITS, type Rotation, type ShiftUnit } from "@/lib/rotations/on-call";
import { clockOfMinute, minuteOfClock } from "@/lib/rotations/schemas";
import type { RotationChoices, RotationDetail } from "@/lib/rotations/views";
import { MemberList } from "./member-list";
import { TurnsPreview } from "./turns-preview";

interface RotationFieldsProps {
  choices: RotationChoices;
  /** `YYYY-MM-DD`: when a new one begins. */
  today: string;
  rotation?: Pick<RotationDetail, "slug" | "name" | "node" | "members" | "plan">;
}

const unitOf = (text: string): ShiftUnit => SHIFT_UNITS.find((unit) => unit === text) ?? "weeks";

/** What the fields below say, as the commands take it. */
export const readRotation = (fields: FormFields) => ({
  name: fields.text("name"),
  nodeId: fields.text("nodeId"),
  memberIds: fields.text("memberIds").split(" ").filter(Boolean),
  shiftLength: fields.number("shiftLength") ?? 0,
  shiftUnit: unitOf(fields.text("shiftUnit")),
  handover: fields.text("handover"),
  zone: fields.text("zone"),
  startsOn: fields.text("startsOn"),
});

/** Who takes turns, how long and from when, and what comes of it: the turns are worked out while one writes. */
export function RotationFields({ choices, today, rotation }: RotationFieldsProps) {
  const ownZone = useTimeZone();
  const [name, setName] = useState(rotation?.name ?? "");
  const [slug, setSlug] = useState<string | null>(null);
  const [plan, setPlan] = useState<Rotation>(
    () =>
      rotation?.plan ?? {
        memberIds: [],
        shiftLength: 1,
        shiftUnit: "weeks",
        handoverMinute: 9 * 60,
        zone: ownZone,
        startsOn: today,
        overrides: [],
      },
  );
  const change = (part: Partial<Rotation>) => setPlan((before) => ({ ...before, ...part }));
  const people = [...choices.people, ...(rotation?.members ?? [])];
  const nodes = new Map([...choices.nodes, ...(rotation ? [rotation.node] : [])].map((node) => [node.id, node.name]));
  return (
    <>
      <TextField name="name" label="Name" required value={name} onChange={(event) => setName(event.target.value)} />
      {!rotation && (
        <TextField
          name="slug"
          label="Id"
          required
          hint="What rules call it: it stays as it is."
          className="[&_input]:font-mono [&_input]:text-xs"
          value={slug ?? slugFrom(name)}
          onChange={(event) => setSlug(event.target.value)}
        />
      )}
      <SelectField
        name="nodeId"
        label="Kept by"
        required
        hint="Whoever may change the chart there."
        options={[...nodes].map(([value, label]) => ({ value, label }))}
        defaultValue={rotation?.node.id ?? choices.nodes[0]?.id}
      />
      <MemberList people={people} memberIds={plan.memberIds} onChange={(memberIds) => change({ memberIds })} />
      <div className="grid grid-cols-2 gap-3">
        <TextField
          name="shiftLength"
          label="A turn lasts"
          required
          type="number"
          min={1}
          max={1000}
          value={Number.isNaN(plan.shiftLength) ? "" : plan.shiftLength}
          onChange={(event) => change({ shiftLength: event.target.valueAsNumber })}
        />
        <SelectField
          name="shiftUnit"
          label="Unit"
          required
          value={plan.shiftUnit}
          onValueChange={(unit) => change({ shiftUnit: unitOf(unit) })}
          options={SHIFT_UNITS.map((unit) => ({ value: unit, label: unit.charAt(0).toUpperCase() + unit.slice(1) }))}
        />
        <TextField
          name="startsOn"
          label="First turn on"
          required
          type="date"
          value={plan.startsOn}
          onChange={(event) => change({ startsOn: event.target.value })}
        />
        <TextField
          name="handover"
          label="Handover at"
          required
          type="time"
          value={clockOfMinute(plan.handoverMinute)}
          onChange={(event) => change({ handoverMinute: minuteOfClock(event.target.value) })}
        />
      </div>
      <TextField
        name="zone"
        label="Time zone"
        required
        hint="Whose clocks say when it is that time."
        value={plan.zone}
        onChange={(event) => change({ zone: event.target.value })}
      />
      <TurnsPreview plan={plan} nameOf={(id) => people.find((one) => one.id === id)?.name ?? "Somebody"} />
    </>
  );
}
