"use client";
import { parseAsInteger, parseAsString, useQueryStates } from "nuqs";
import { useState } from "react";

import { parseAsInstant } from "@/app/(console)/_components/parse-instant";
import { TimeRangeDialog } from "@/app/(console)/_components/time-range-dialog";
import { formatTime } from "@/components/ui/format/time";
import { Select } from "@/components/ui/select";
import { useTimeZone } from "@/components/ui/time-zone";

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
const CHOOSE = { value: "choose", label: "From … until …" };
const HOUR_MS = 3_600_000;

/** When: since some time ago, or between two times on the viewer's own clock; a range that a link gave (a bucket of a chart) is shown as chosen. */
export function TimeRange() {
  const [{ from, to }, set] = useQueryStates(PARAMS, { shallow: false });
  const [choosing, setChoosing] = useState(false);
  const zone = useTimeZone();
  const chosen = from === null && to === null ? "any" : "given";
  const given = chosen === "given" ? [{ value: "given", label: describe(from, to, zone) }] : [];
  const between = (since: Date | null, until: Date | null) =>
    void set({ from: since, to: until, after: null, before: null, page: null });
  const choose = (value: string) => {
    if (value === "given") return;
    if (value === CHOOSE.value) return setChoosing(true);
    between(value === "any" ? null : new Date(Date.now() - Number(value) * HOUR_MS), null);
  };
  return (
    <>
      <Select aria-label="When" options={[...RANGES, CHOOSE, ...given]} value={chosen} onValueChange={choose} />
      <TimeRangeDialog open={choosing} onOpenChange={setChoosing} from={from} to={to} onChoose={between} />
    </>
  );
}

function describe(from: Date | null, to: Date | null, zone: string): string {
  const text = (at: Date): string => formatTime(at, "minute", zone);
  if (from !== null && to !== null) return `${text(from)} to ${text(to)}`;
  return from === null ? `Before ${to === null ? "" : text(to)}` : `Since ${text(from)}`;
}
