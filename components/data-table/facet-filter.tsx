"use client";
import { CirclePlus } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { formatCount } from "@/components/ui/format/number";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

export interface FacetOption {
  value: string;
  label: string;
  /** Rows that have it, where the query counted them. */
  count?: number;
  icon?: ReactNode;
}

export interface Facet {
  /** The parser's key in the route's params. */
  id: string;
  label: string;
  options: readonly FacetOption[];
}

/** More options than this get a search field. */
const SEARCHABLE_FROM = 8;

interface FacetFilterProps {
  facet: Facet;
  chosen: readonly string[];
  onChange: (values: readonly string[]) => void;
}

export function FacetFilter({ facet, chosen, onChange }: FacetFilterProps) {
  const labels = facet.options.filter((option) => chosen.includes(option.value)).map((option) => option.label);
  const summary = labels.length === 1 ? labels[0] : `${chosen.length} chosen`;
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button size="md" className={cn("px-2.5", chosen.length === 0 && "border-dashed text-muted")}>
          <CirclePlus aria-hidden className={cn("text-muted", chosen.length > 0 && "rotate-45")} />
          {facet.label}
          {chosen.length > 0 && (
            <>
              <span aria-hidden className="h-4 w-px bg-line-strong" />
              <span className="max-w-32 truncate text-accent-text">{summary}</span>
            </>
          )}
        </Button>
      </PopoverTrigger>
      <PopoverContent className="w-60 p-0">
        <Command>
          {facet.options.length >= SEARCHABLE_FROM && <CommandInput placeholder={facet.label} />}
          <CommandList aria-label={facet.label}>
            <CommandEmpty>No such value</CommandEmpty>
            <CommandGroup>
              {facet.options.map((option) => {
                const selected = chosen.includes(option.value);
                return (
                  <CommandItem
                    key={option.value}
                    value={option.value}
                    keywords={[option.label]}
                    aria-checked={selected}
                    onSelect={() =>
                      onChange(selected ? chosen.filter((value) => value !== option.value) : [...chosen, option.value])
                    }
                  >
                    <CheckMark checked={selected} />
                    {option.icon}
                    <span className="min-w-0 flex-1 truncate">{option.label}</span>
                    {option.count !== undefined && (
                      <span className="text-xs tabular-nums text-muted">{formatCount(option.count)}</span>
                    )}
                  </CommandItem>
                );
              })}
            </CommandGroup>
          </CommandList>
          {chosen.length > 0 && (
            <div className="border-t border-line p-1.5">
              <Button variant="ghost" size="sm" className="w-full" onClick={() => onChange([])}>
                Clear
              </Button>
            </div>
          )}
        </Command>
      </PopoverContent>
    </Popover>
  );
}

function CheckMark({ checked }: { checked: boolean }) {
  return (
    <span
      aria-hidden
      className={cn(
        "grid size-3.5 shrink-0 place-items-center rounded-sm border",
        checked ? "border-accent bg-accent" : "border-control bg-surface",
      )}
    >
      {checked && (
        <svg
          viewBox="0 0 12 12"
          className="size-2.5! text-on-accent!"
          fill="none"
          stroke="currentColor"
          strokeWidth="2"
        >
          <path d="M2.5 6.5 5 9l4.5-6" strokeLinecap="round" strokeLinejoin="round" />
        </svg>
      )}
    </span>
  );
}
