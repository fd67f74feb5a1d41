"use client";
import { Search, X } from "lucide-react";
import type { Ref } from "react";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";

interface SearchBoxProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  ref: Ref<HTMLInputElement>;
  hint: boolean;
}

export function SearchBox({ label, value, onChange, ref, hint }: SearchBoxProps) {
  return (
    <div className="group relative w-full sm:w-64">
      <Search
        aria-hidden
        className="pointer-events-none absolute left-2.5 top-1/2 size-3.5 -translate-y-1/2 text-muted"
      />
      <Input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.preventDefault();
          if (value === "") event.currentTarget.blur();
          else onChange("");
        }}
        className="px-8 [&::-webkit-search-cancel-button]:hidden"
      />
      {value !== "" ? (
        <button
          type="button"
          aria-label="Clear search"
          onClick={() => onChange("")}
          className="absolute right-1 top-1/2 grid size-6 -translate-y-1/2 place-items-center rounded-sm text-muted hover:bg-surface-3 hover:text-foreground"
        >
          <X aria-hidden className="size-3.5" />
        </button>
      ) : (
        hint && (
          <Kbd
            keys="/"
            className="pointer-events-none absolute right-2 top-1/2 -translate-y-1/2 group-focus-within:hidden max-sm:hidden"
          />
        )
      )}
    </div>
  );
}
