"use client";
import { NumberRow } from "@/app/(console)/settings/authority/_components/number-row";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { AutonomyCriteria } from "@/lib/tiers/criteria";

const ROWS: readonly {
  key: keyof AutonomyCriteria;
  label: string;
  hint: string;
  unit: string;
  share: boolean;
  max: number;
}[] = [
  {
    key: "minDays",
    label: "At its tier for",
    hint: "Since the last change of its tier.",
    unit: "days",
    share: false,
    max: 3_650,
  },
  {
    key: "minRuns",
    label: "Runs that ended",
    hint: "Live ones, at its tier.",
    unit: "runs",
    share: false,
    max: 1_000_000,
  },
  { key: "minSuccess", label: "Of these, succeeded", hint: "At least.", unit: "%", share: true, max: 100 },
  { key: "maxDenied", label: "Of its decisions, denied", hint: "At most.", unit: "%", share: true, max: 100 },
  {
    key: "minApproved",
    label: "Of its requests, approved by people",
    hint: "At least, where any were decided.",
    unit: "%",
    share: true,
    max: 100,
  },
  { key: "maxIncidents", label: "Incidents", hint: "At most.", unit: "incidents", share: false, max: 1_000 },
];

interface ReadinessCardProps {
  draft: AutonomyCriteria;
  stored: AutonomyCriteria;
  builtIn: AutonomyCriteria;
  readOnly: boolean;
  onChange: (next: AutonomyCriteria) => void;
}

/** What an agent's record must show before Remit suggests the next tier. */
export function ReadinessCard({ draft, stored, builtIn, readOnly, onChange }: ReadinessCardProps) {
  return (
    <Card>
      <CardHeader
        title="Ready for the next tier"
        description="What the record of an agent must show before Remit suggests to promote it. People may ask before, and decide either way."
      />
      <CardBody className="divide-y divide-line py-1">
        {ROWS.map(({ key, label, hint, unit, share, max }) => {
          const shown = (criteria: AutonomyCriteria): number =>
            share ? Math.round(criteria[key] * 100) : criteria[key];
          return (
            <NumberRow
              key={key}
              label={label}
              hint={hint}
              unit={unit}
              min={0}
              max={max}
              value={shown(draft)}
              saved={shown(stored)}
              builtIn={shown(builtIn)}
              readOnly={readOnly}
              onChange={(value) => onChange({ ...draft, [key]: share ? value / 100 : value })}
            />
          );
        })}
      </CardBody>
    </Card>
  );
}
