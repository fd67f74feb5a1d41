import { ChevronRight } from "lucide-react";
import { visibleText } from "@/lib/kernel/visible-text";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";
import { type Json, jsonEntries, jsonSummary, jsonText } from "./json-text";

export interface JsonViewProps {
  value: Json;
  /** What it is: "Arguments". */
  label: string;
  /** Levels that are open at first. */
  depth?: number;
  className?: string;
}

/** Containers with more entries than this show the first ones and say how many are left. */
const SHOWN_ENTRIES = 200;
const LONG_STRING = 400;

/**
 * Shows untrusted JSON. Everything is text in React elements, never HTML; folding is `details`, so it works without
 * a script; very large values are cut with a word about it, and copied whole.
 */
export function JsonView({ value, label, depth = 2, className }: JsonViewProps) {
  return (
    <div className={cn("relative min-w-0 rounded-md border border-line bg-surface-2", className)}>
      <section aria-label={label} className="overflow-x-auto p-2.5 pr-10 font-mono text-xs leading-5">
        <JsonNode value={value} depth={depth} />
      </section>
      <CopyButton
        text={jsonText(value)}
        label={`Copy ${label.toLowerCase()}`}
        className="absolute right-1.5 top-1.5 bg-surface-2"
      />
    </div>
  );
}

function JsonNode({ name, value, depth }: { name?: string; value: Json; depth: number }) {
  const entries = jsonEntries(value);
  if (entries.length === 0) {
    return (
      <div className="pl-4">
        <JsonKey name={name} />
        <JsonScalar value={value} />
      </div>
    );
  }
  const rest = entries.length - SHOWN_ENTRIES;
  return (
    <details open={depth > 0} className="group/json">
      <summary className="flex min-h-6 list-none items-center rounded-sm hover:bg-surface-3">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 p-0.5 text-muted transition-transform [details[open]>summary>&]:rotate-90"
        />
        <JsonKey name={name} />
        <span className="text-faint">{jsonSummary(value)}</span>
      </summary>
      <div className="ml-2 border-l border-line pl-2">
        {entries.slice(0, SHOWN_ENTRIES).map(([key, child]) => (
          <JsonNode key={key} name={key} value={child} depth={depth - 1} />
        ))}
        {rest > 0 && <div className="pl-4 text-faint">{rest} more, copied with the rest</div>}
      </div>
    </details>
  );
}

function JsonKey({ name }: { name: string | undefined }) {
  return name === undefined ? null : <span className="mr-1.5 text-muted">{visibleText(name)}:</span>;
}

function JsonScalar({ value }: { value: Json }) {
  if (typeof value === "string") {
    const cut = value.length > LONG_STRING;
    return (
      <span className="whitespace-pre-wrap text-allow-text wrap-anywhere">
        {visibleText(cut ? `${value.slice(0, LONG_STRING)}…` : JSON.stringify(value))}
        {cut && <span className="text-faint"> ({value.length.toLocaleString("en-GB")} characters)</span>}
      </span>
    );
  }
  const colour =
    typeof value === "number" ? "text-info-text" : typeof value === "boolean" ? "text-accent-text" : "text-faint";
  const text = value !== null && typeof value === "object" ? (Array.isArray(value) ? "[]" : "{}") : String(value);
  return <span className={colour}>{text}</span>;
}
