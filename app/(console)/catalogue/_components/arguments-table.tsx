import { Badge } from "@/components/ui/badge";
import { JsonView } from "@/components/ui/json-view";
import { argumentRows } from "@/lib/catalogue/argument-rows";
import type { Json } from "@/lib/kernel/json";

/** The arguments of an action in words, and the schema that says them. */
export function ArgumentsTable({ schema }: { schema: Json }) {
  const rows = argumentRows(schema);
  const view = <JsonView value={schema} label="JSON Schema of the arguments" depth={3} />;
  if (rows === null) return view;
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <ul aria-label="Arguments" className="divide-y divide-line rounded-md border border-line">
        {rows.map(({ name, type, required, limits, description }) => (
          <li key={name} className="flex flex-col gap-0.5 px-3 py-1.5">
            <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
              <span className="font-mono text-xs font-medium break-all">{name}</span>
              <span className="text-xs text-muted">{[type, ...limits].join(" · ")}</span>
              {required && <Badge className="ml-auto">required</Badge>}
            </span>
            {description !== null && <span className="text-xs text-muted">{description}</span>}
          </li>
        ))}
      </ul>
      <details className="text-xs">
        <summary className="w-fit cursor-pointer rounded-sm text-muted hover:text-foreground">JSON Schema</summary>
        <div className="mt-2">{view}</div>
      </details>
    </div>
  );
}
