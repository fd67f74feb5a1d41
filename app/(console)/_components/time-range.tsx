"use client";
import { parseAsInteger, parseAsString, useQueryStates } from "nuqs";

import { parseAsInstant } from "@/app/(console)/_components/parse-instant";
import { Select } from "@/components/ui/select";

const PARAMS = {
  from: parseAsInstant,
  to: parseAsInstant,
  after: parseAsString,
  before: parseAsString,
  page: parseAsInteger,
};

const RANGES = [
  { value: "any", label: "Any time" },
  { value: "1", label: "Last hour" },
  { value: "24", label: "Last 24 hours" },
  { value: "168", label: "Last 7 days" },
  { value: "720", label: "Last 30 days" },
];
const HOUR_MS = 3_600_000;

/** Since when; a range that a link gave (a bucket of a chart) is shown as chosen. */
export function TimeRange() {
  const [{ from, to }, set] = useQueryStates(PARAMS, { shallow: false });
  const chosen = from === null && to === null ? "any" : "given";
  const options = chosen === "given" ? [...RANGES, { value: "given", label: describe(from, to) }] : RANGES;
  const choose = (value: string) => {
    if (value === "given") return;
    const since = value === "any" ? null : new Date(Date.now() - Number(value) * HOUR_MS);
    void set({ from: since, to: null, after: null, before: null, page: null });
  };
  return <Select aria-label="When" options={options} value={chosen} onValueChange={choose} />;
}

const text = (at: Date): string => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

function describe(from: Date | null, to: Date | null): string {
  if (from !== null && to !== null) return `${text(from)} to ${text(to)}`;
  return from === null ? `Before ${to === null ? "" : text(to)}` : `Since ${text(from)}`;
}
