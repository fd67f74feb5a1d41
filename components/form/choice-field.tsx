"use client";
import { Check, ChevronDown } from "lucide-react";
import { type ReactNode, useState } from "react";

import { cn } from "@/components/ui/cn";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { controlClasses } from "@/components/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Field } from "./field";

export interface ChoiceOption {
  value: string;
  label: string;
  detail?: string | undefined;
  icon?: ReactNode;
}

interface ChoiceFieldProps {
  name: string;
  label: string;
  hint?: ReactNode;
  required?: boolean;
  options: readonly ChoiceOption[];
  defaultValue?: string;
  /** What stands there, and can be chosen again, while nothing is; only where the field is optional. */
  none?: string;
  className?: string;
}

/** How many are drawn at once; searching finds the others. */
const SHOWN = 100;

/** What says the word, in its name before what says it beside its name. */
function matching(options: readonly ChoiceOption[], word: string): ChoiceOption[] {
  const named = options.filter((option) => option.label.toLowerCase().includes(word));
  const beside = options.filter((option) => !named.includes(option) && option.detail?.toLowerCase().includes(word));
  return [...named, ...beside];
}

/** One out of many, found by typing: for people and nodes, of which there may be hundreds. */
export function ChoiceField({
  name,
  label,
  hint,
  required = false,
  options,
  defaultValue,
  none,
  className,
}: ChoiceFieldProps) {
  const [value, setValue] = useState(defaultValue ?? "");
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const chosen = options.find((option) => option.value === value);
  const found = matching(options, query.trim().toLowerCase());
  const pick = (next: string) => {
    setValue(next);
    setOpen(false);
    setQuery("");
  };
  return (
    <Field name={name} label={label} hint={hint} required={required} className={className}>
      {({ id, name: named, required: needed, ...aria }) => (
        <div className="relative">
          {/* Carries the name and the browser's own check; what a person meets is the button. */}
          <input
            aria-hidden
            tabIndex={-1}
            name={named}
            value={value}
            required={needed}
            onChange={() => undefined}
            className="pointer-events-none absolute inset-0 opacity-0"
          />
          <Popover modal open={open} onOpenChange={setOpen}>
            <PopoverTrigger asChild>
              <button
                type="button"
                id={id}
                {...aria}
                className={cn(controlClasses, "relative flex h-8 items-center justify-between gap-2 text-left")}
              >
                {chosen ? <OptionLine option={chosen} /> : <span className="text-faint">{none ?? "Choose"}</span>}
                <ChevronDown className="size-3.5 shrink-0 text-muted" aria-hidden />
              </button>
            </PopoverTrigger>
            <PopoverContent className="w-(--radix-popover-trigger-width) min-w-64 p-0">
              <Command label={label} shouldFilter={false}>
                <CommandInput placeholder="Search" value={query} onValueChange={setQuery} />
                <CommandList className="max-h-64">
                  <CommandEmpty>Nothing by this name.</CommandEmpty>
                  {none !== undefined && query.trim() === "" && (
                    <CommandItem value="none" onSelect={() => pick("")}>
                      <span className="flex-1 text-muted">{none}</span>
                      {value === "" && <Check aria-hidden />}
                    </CommandItem>
                  )}
                  {found.slice(0, SHOWN).map((option) => (
                    <CommandItem key={option.value} value={option.value} onSelect={() => pick(option.value)}>
                      <OptionLine option={option} />
                      {option.value === value && <Check aria-hidden />}
                    </CommandItem>
                  ))}
                  {found.length > SHOWN && (
                    <p className="px-2 py-1.5 text-xs text-muted">{found.length - SHOWN} more: search for them.</p>
                  )}
                </CommandList>
              </Command>
            </PopoverContent>
          </Popover>
        </div>
      )}
    </Field>
  );
}

function OptionLine({ option }: { option: ChoiceOption }) {
  return (
    <span className="flex min-w-0 flex-1 items-center gap-2">
      {option.icon}
      <span className="truncate">{option.label}</span>
      {option.detail !== undefined && <span className="ml-auto truncate text-xs text-muted">{option.detail}</span>}
    </span>
  );
}
