import { visibleText } from "@/lib/kernel/visible-text";
import { cn } from "./cn";
import { type JsonChange, jsonChanges } from "./json-changes";
import { type Json, jsonText } from "./json-text";

const SIGNS = { added: "Added", removed: "Removed", changed: "Changed" } satisfies Record<JsonChange["kind"], string>;

/** The differences between two JSON values, path by path, with words beside the colours. */
export function JsonDiff({ before, after, className }: { before: Json; after: Json; className?: string }) {
  const changes = jsonChanges(before, after);
  if (changes.length === 0) return <p className={cn("text-sm text-muted", className)}>No differences.</p>;
  return (
    <ul className={cn("divide-y divide-line rounded-md border border-line text-xs", className)}>
      {changes.map((change) => (
        <li key={change.path} className="flex flex-col gap-1 p-2.5">
          <div className="flex items-center gap-2">
            <span className="font-mono font-medium wrap-anywhere">
              {change.path === "" ? "(whole value)" : visibleText(change.path)}
            </span>
            <span className="text-muted">{SIGNS[change.kind]}</span>
          </div>
          {change.kind !== "added" && <Side sign="−" tone="bg-deny-soft text-deny-text" value={change.before} />}
          {change.kind !== "removed" && <Side sign="+" tone="bg-allow-soft text-allow-text" value={change.after} />}
        </li>
      ))}
    </ul>
  );
}

function Side({ sign, tone, value }: { sign: string; tone: string; value: Json }) {
  return (
    <pre className={cn("flex gap-2 rounded-sm px-2 py-1 font-mono leading-5", tone)}>
      <span className="select-none">{sign}</span>
      <code className="min-w-0 whitespace-pre-wrap wrap-anywhere">{visibleText(jsonText(value))}</code>
    </pre>
  );
}
