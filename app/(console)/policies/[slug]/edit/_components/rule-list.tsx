"use client";
import { CircleAlert, Plus } from "lucide-react";
import { useState } from "react";

import type { EditedRule } from "@/app/(console)/policies/[slug]/edit/_components/edited";
import { EFFECTS } from "@/components/domain/effect-badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { TONES } from "@/components/ui/tone";

interface RuleListProps {
  rules: readonly EditedRule[];
  /** How many faults each has, by its key. */
  faults: ReadonlyMap<string, number>;
  selected: string | null;
  onSelect: (key: string) => void;
  onAdd: () => void;
}

/** From so many on a policy has a search. */
const SEARCH_FROM = 8;

/** How many are drawn at once; searching finds the others. */
const SHOWN_MAX = 300;

/** The policy's rules. Their order has no meaning: the strictest that holds wins. */
export function RuleList({ rules, faults, selected, onSelect, onAdd }: RuleListProps) {
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const shown = rules.filter(({ rule }) => `${rule.id} ${rule.description ?? ""}`.toLowerCase().includes(wanted));
  return (
    <nav aria-label="Rules" className="flex min-w-0 flex-col gap-2 lg:sticky lg:top-4 lg:max-h-[calc(100dvh-6rem)]">
      {rules.length >= SEARCH_FROM && (
        <Input
          type="search"
          aria-label="Search rules"
          placeholder="Search rules"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      )}
      <ul className="flex max-h-56 flex-col gap-0.5 overflow-y-auto lg:max-h-none">
        {shown.slice(0, SHOWN_MAX).map(({ key, rule }) => {
          const { icon: Icon, tone, label } = EFFECTS[rule.effect];
          const count = faults.get(key) ?? 0;
          return (
            <li key={key}>
              <button
                type="button"
                aria-current={key === selected ? "true" : undefined}
                onClick={() => onSelect(key)}
                className={cn(
                  "flex min-h-9 w-full items-center gap-2 rounded-md px-2 py-1.5 text-left text-sm hover:bg-surface-3 focus-visible:-outline-offset-2",
                  key === selected && "bg-surface-3 font-medium",
                )}
              >
                <Icon className={cn("size-4 shrink-0", TONES[tone].text)} aria-label={label} />
                <span className="min-w-0 flex-1 truncate">{rule.id === "" ? "Without a name" : rule.id}</span>
                {count > 0 && (
                  <CircleAlert
                    className="size-3.5 shrink-0 text-deny-text"
                    aria-label={count === 1 ? "1 fault" : `${count} faults`}
                  />
                )}
              </button>
            </li>
          );
        })}
        {shown.length > SHOWN_MAX && (
          <li className="px-2 py-1.5 text-xs text-muted">{shown.length - SHOWN_MAX} more: search for them.</li>
        )}
        {shown.length === 0 && (
          <li className="px-2 py-3 text-sm text-muted">
            {rules.length === 0 ? "No rules yet." : "No rule by this name."}
          </li>
        )}
      </ul>
      <Button onClick={onAdd} className="self-start">
        <Plus aria-hidden />
        Add a rule
      </Button>
    </nav>
  );
}
