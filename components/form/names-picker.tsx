"use client";
import { Plus, TextCursorInput, X } from "lucide-react";
import { type ReactNode, useState } from "react";

import { Field } from "@/components/form/field";
import { Button } from "@/components/ui/button";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "@/components/ui/command";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";

export interface NameOption {
  value: string;
  label: string;
  detail?: string;
  group: string;
}

interface NamesPickerProps {
  name: string;
  label: string;
  hint?: ReactNode;
  required?: boolean;
  values: readonly string[];
  onChange: (values: string[]) => void;
  options: readonly NameOption[];
  /** What stands there while nothing is chosen. */
  none: string;
  add: string;
  /** Whether a text that is no option can be chosen: a pattern, a name beyond those that are offered. */
  accepts?: (text: string) => boolean;
}

/** How many are drawn at once; searching finds the others. */
const SHOWN = 200;

/** Several names out of many: chips, and a list to search. */
export function NamesPicker(props: NamesPickerProps) {
  const { name, label, hint, required, values, onChange, options, none, add } = props;
  const known = new Map(options.map((option) => [option.value, option]));
  return (
    <Field name={name} label={label} hint={hint} required={required}>
      {(control) => (
        <ul className="flex min-h-8 flex-wrap items-center gap-1.5">
          {values.length === 0 && <li className="text-sm text-muted">{none}</li>}
          {values.map((value) => (
            <li
              key={value}
              className="inline-flex h-7 max-w-full items-center gap-1 rounded-md border border-line bg-surface-2 pl-2 text-xs"
            >
              <span className="truncate">{known.get(value)?.label ?? <code className="font-mono">{value}</code>}</span>
              <button
                type="button"
                aria-label={`Remove ${known.get(value)?.label ?? value}`}
                className="flex size-6 items-center justify-center rounded-sm text-muted hover:text-foreground"
                onClick={() => onChange(values.filter((one) => one !== value))}
              >
                <X className="size-3" aria-hidden />
              </button>
            </li>
          ))}
          <li>
            <NamesMenu
              {...props}
              trigger={
                <Button
                  id={control.id}
                  size="sm"
                  data-field={name}
                  aria-label={`Add ${add.toLowerCase()}`}
                  aria-describedby={control["aria-describedby"]}
                >
                  <Plus aria-hidden />
                  {add}
                </Button>
              }
            />
          </li>
        </ul>
      )}
    </Field>
  );
}

function NamesMenu({ label, values, onChange, options, accepts, trigger }: NamesPickerProps & { trigger: ReactNode }) {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const found = options.filter(
    (option) =>
      !values.includes(option.value) &&
      `${option.label} ${option.value} ${option.group}`.toLowerCase().includes(wanted),
  );
  const shown = found.slice(0, SHOWN);
  const groups = [...new Set(shown.map((option) => option.group))];
  const typed = query.trim();
  const isNew =
    accepts?.(typed) === true && !values.includes(typed) && !options.some((option) => option.value === typed);
  const pick = (value: string) => {
    setQuery("");
    onChange([...values, value]);
  };
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent className="w-96 p-0">
        <Command label={label} shouldFilter={false}>
          <CommandInput placeholder="Search" value={query} onValueChange={setQuery} />
          <CommandList>
            {!isNew && <CommandEmpty>Nothing by this name.</CommandEmpty>}
            {isNew && (
              <CommandGroup heading="As typed">
                <CommandItem value={`typed ${typed}`} onSelect={() => pick(typed)}>
                  <TextCursorInput aria-hidden />
                  <code className="truncate font-mono text-xs">{typed}</code>
                </CommandItem>
              </CommandGroup>
            )}
            {groups.map((group) => (
              <CommandGroup key={group} heading={group}>
                {shown
                  .filter((option) => option.group === group)
                  .map((option) => (
                    <CommandItem key={option.value} value={option.value} onSelect={() => pick(option.value)}>
                      <span className="min-w-0 flex-1 truncate">{option.label}</span>
                      {option.detail !== undefined && (
                        <span className="max-w-[55%] shrink-0 truncate font-mono text-2xs text-muted">
                          {option.detail}
                        </span>
                      )}
                    </CommandItem>
                  ))}
              </CommandGroup>
            ))}
            {found.length > SHOWN && (
              <p className="px-2 py-1.5 text-xs text-muted">{found.length - SHOWN} more: search for them.</p>
            )}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  );
}
