"use client";
import { useEffect, useState } from "react";
import { FacetFilter } from "@/components/data-table/facet-filter";
import { RISK_LEVELS } from "@/components/domain/risk-level-badge";
import { Button } from "@/components/ui/button";
import type { InboxFacet, InboxFacets } from "@/lib/inbox/facets";
import type { InboxFilter } from "@/lib/inbox/filter";
import { ITEM_KINDS, ITEM_RISKS } from "@/lib/inbox/item";
import { pageSearch } from "@/lib/inbox/page-schema";
import { CHOICES, type Choice, type InboxQuery } from "../search-params";
import { KINDS } from "./kinds";

const LABELS: Record<Choice, string> = {
  kind: "Kind",
  risk: "Risk",
  agent: "Agent",
  action: "Action",
  system: "System",
  assignee: "Assigned",
};

interface FilterRowProps {
  query: Pick<InboxQuery, Choice>;
  /** The view without what is chosen beside it: its choices are offered, with how many items have each. */
  view: InboxFilter;
  narrowed: boolean;
  choose: (choice: Choice, values: readonly string[]) => void;
  clear: () => void;
  save: () => void;
}

/** What narrows the view. The choices are counted when the row opens. */
export function FilterRow({ query, view, narrowed, choose, clear, save }: FilterRowProps) {
  const facets = useFacets(view);
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 pb-3 sm:px-6" role="group" aria-label="Filters">
      {CHOICES.map((choice) => (
        <FacetFilter
          key={choice}
          facet={{
            id: choice,
            label: LABELS[choice],
            options: optionsOf(choice, facets?.[choice] ?? [], query[choice]),
          }}
          chosen={query[choice]}
          onChange={(values) => choose(choice, values)}
        />
      ))}
      {narrowed && (
        <>
          <Button variant="ghost" onClick={clear}>
            Clear
          </Button>
          <Button variant="ghost" onClick={save}>
            Save as a view…
          </Button>
        </>
      )}
    </div>
  );
}

function useFacets(view: InboxFilter): InboxFacets | null {
  const [facets, setFacets] = useState<InboxFacets | null>(null);
  const wanted = pageSearch(view, null);
  useEffect(() => {
    const controller = new AbortController();
    const look = async () => {
      const response = await fetch(`/inbox/facets?${wanted}`, { signal: controller.signal, cache: "no-store" });
      if (!response.ok) return;
      const found: InboxFacets = await response.json();
      setFacets(found);
    };
    // Without them the fixed choices are offered still.
    look().catch(() => undefined);
    return () => controller.abort();
  }, [wanted]);
  return facets;
}

/** What is chosen is always offered, so that it can be taken back. */
function optionsOf(choice: Choice, found: readonly InboxFacet[], chosen: readonly string[]) {
  const count = (value: string) => found.find((one) => one.value === value)?.count ?? 0;
  if (choice === "kind")
    return ITEM_KINDS.map((kind) => ({ value: kind, label: KINDS[kind].many, count: count(kind) }));
  if (choice === "risk") {
    return ITEM_RISKS.map((risk) => ({ value: risk, label: RISK_LEVELS[risk].label, count: count(risk) }));
  }
  const missing = chosen.filter((value) => !found.some((one) => one.value === value));
  return [...found, ...missing.map((value) => ({ value, label: value, count: 0 }))];
}
