"use client";
import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";

import { RANGES } from "@/app/(console)/inbox/measures/search-params";
import { FacetFilter, type FacetOption } from "@/components/data-table/facet-filter";
import { Select } from "@/components/ui/select";

const LABELS: Record<(typeof RANGES)[number], string> = {
  "7": "Last 7 days",
  "30": "Last 30 days",
  "90": "Last 90 days",
  "365": "Last year",
};

const PARAMS = {
  days: parseAsStringLiteral(RANGES).withDefault("30"),
  agent: parseAsArrayOf(parseAsString).withDefault([]),
};

/** How far back and for whom; kept in the address. */
export function MeasuresFilter({ agents }: { agents: readonly FacetOption[] }) {
  const [{ days, agent }, set] = useQueryStates(PARAMS, { shallow: false });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <FacetFilter
        facet={{ id: "agent", label: "Agent", options: agents }}
        chosen={agent}
        onChange={(values) => void set({ agent: values.length === 0 ? null : [...values] })}
      />
      <Select
        aria-label="How far back"
        className="w-36"
        value={days}
        options={RANGES.map((value) => ({ value, label: LABELS[value] }))}
        onValueChange={(value) => {
          const chosen = RANGES.find((one) => one === value);
          if (chosen) void set({ days: chosen });
        }}
      />
    </div>
  );
}
