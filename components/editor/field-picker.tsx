"use client";
import { ChevronDown, TextCursorInput } from "lucide-react";
import { type ReactNode, useState } from "react";

import { cn } from "@/components/ui/cn";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { controlClasses } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { FIELD_GROUPS, type Field } from "@/lib/policies/builder/fields";
import { fieldNamed } from "@/lib/policies/builder/parse";

interface FieldPickerProps {
  fields: readonly Field[];
  onPick: (expression: string) => void;
  /** What is chosen. */
  value?: string;
  "aria-label": string;
  /** Instead of the control that shows what is chosen. */
  trigger?: ReactNode;
  className?: string;
}

/** A word alone is a search. */
const PATH = /[.[(]/;

/** Chooses what a row looks at: from a list, or any path that is typed. */
export function FieldPicker({ fields, onPick, value, trigger, className, ...aria }: FieldPickerProps) {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const chosen = fields.find((field) => field.expression === value);
  const typed = PATH.test(query) ? fieldNamed(query) : null;
  const pick = (expression: string) => {
    setOpen(false);
    setQuery("");
    onPick(expression);
  };
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        {trigger ?? (
          <button
            type="button"
            aria-label={`${aria["aria-label"]}: ${chosen?.label ?? value ?? "choose"}`}
            className={cn(controlClasses, "flex h-8 items-center justify-between gap-2 text-left", className)}
          >
            <FieldName field={chosen} expression={value} />
            <ChevronDown className="size-3.5 shrink-0 text-muted" aria-hidden />
          </button>
        )}
      </PopoverTrigger>
      <PopoverContent className="w-96 p-0">
        <Command label={aria["aria-label"]}>
          <CommandInput placeholder="Search, or type a path" value={query} onValueChange={setQuery} />
          <CommandList>
            <CommandEmpty>Nothing by this name. A path such as args.amount can be typed.</CommandEmpty>
            {typed !== null && !fields.some((field) => field.expression === typed) && (
              <CommandGroup heading="As typed" forceMount>
                <CommandItem forceMount value={`typed ${typed}`} onSelect={() => pick(typed)}>
                  <TextCursorInput aria-hidden />
                  <code className="truncate font-mono text-xs">{typed}</code>
                </CommandItem>
              </CommandGroup>
            )}
            {FIELD_GROUPS.map((name) => {
              const own = fields.filter((field) => field.group === name);
              if (own.length === 0) return null;
              return (
                <CommandGroup key={name} heading={name}>
                  {own.map((field) => (
                    <CommandItem
                      key={field.expression}
                      value={field.expression}
                      keywords={[field.label, name]}
                      onSelect={() => pick(field.expression)}
                    >
                      <span className="min-w-0 flex-1">
                        <span className="flex items-baseline justify-between gap-3">
                          <span className="truncate">{field.label}</span>
                          <code className="max-w-[60%] shrink-0 truncate font-mono text-2xs text-muted">
                            {field.expression}
                          </code>
                        </span>
                        {field.hint !== undefined && <span className="block text-xs text-muted">{field.hint}</span>}
                      </span>
                    </CommandItem>
                  ))}
                </CommandGroup>
              );
            })}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}

function FieldName({ field, expression }: { field: Field | undefined; expression: string | undefined }) {
  if (field) return <span className="truncate">{field.label}</span>;
  if (expression !== undefined) return <code className="truncate font-mono text-xs">{expression}</code>;
  return <span className="text-faint">Choose</span>;
}
