import { AgentText } from "@/components/ui/agent-text";
import { formatPlural } from "@/components/ui/format/number";
import { JsonView } from "@/components/ui/json-view";
import { keyLabel } from "@/lib/decisions/words";
import type { Json, JsonObject } from "@/lib/kernel/json";
import { visibleText } from "@/lib/kernel/visible-text";

const SHOWN = 40;

/** Arguments as labelled values, with the whole JSON one press away. Agent's text: never more than text. */
export function ArgumentsView({ value, label }: { value: JsonObject; label: string }) {
  const entries = Object.entries(value);
  if (entries.length === 0) return <p className="text-sm text-muted">None.</p>;
  return (
    <div className="flex flex-col gap-2">
      <Rows entries={entries.slice(0, SHOWN)} />
      {entries.length > SHOWN && (
        <details>
          <summary className={FOLD}>{formatPlural(entries.length - SHOWN, "more argument")}</summary>
          <div className="mt-2">
            <Rows entries={entries.slice(SHOWN)} />
          </div>
        </details>
      )}
      <details className="group">
        <summary className={FOLD}>As JSON</summary>
        <JsonView value={value} label={label} className="mt-2" depth={3} />
      </details>
    </div>
  );
}

const FOLD = "w-fit cursor-pointer rounded-sm text-xs text-muted hover:text-foreground";

function Rows({ entries }: { entries: readonly [string, Json][] }) {
  return (
    <dl className="@container divide-y divide-line rounded-md border border-line">
      {entries.map(([key, one]) => (
        <div key={key} className="grid gap-x-4 px-3 py-1.5 @sm:grid-cols-[minmax(7rem,11rem)_minmax(0,1fr)]">
          <dt className="text-sm text-muted wrap-anywhere" title={visibleText(key)}>
            <AgentText text={keyLabel(key)} />
          </dt>
          <dd className="min-w-0 text-sm">
            <Value value={one} depth={0} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** One value, nested ones as an indented list down to a depth, then as JSON. What is too much at first is folded, never left out. */
export function Value({ value, depth }: { value: Json; depth: number }) {
  if (value === null || value === "") return <span className="text-faint">{value === null ? "null" : "empty"}</span>;
  if (typeof value === "string") return <LongText text={value} />;
  if (typeof value !== "object") return <span className="tabular-nums">{String(value)}</span>;
  const entries = Array.isArray(value)
    ? value.map((one, at): [string, Json] => [String(at + 1), one])
    : Object.entries(value);
  if (entries.length === 0) return <span className="text-faint">none</span>;
  if (Array.isArray(value) && value.every((one) => typeof one !== "object" && String(one).length < 40)) {
    return (
      <span className="wrap-anywhere">
        <AgentText text={value.map(String).join(", ")} />
      </span>
    );
  }
  if (depth >= 3)
    return (
      <code className="font-mono text-xs">
        <LongText text={JSON.stringify(value)} />
      </code>
    );
  const rows = (some: readonly [string, Json][]) =>
    some.map(([key, one]) => (
      <li key={key} className="flex min-w-0 gap-2">
        <span className="shrink-0 text-muted">
          <AgentText text={Array.isArray(value) ? `${key}.` : `${keyLabel(key)}:`} />
        </span>
        <div className="min-w-0">
          <Value value={one} depth={depth + 1} />
        </div>
      </li>
    ));
  return (
    <ul className="flex flex-col gap-0.5">
      {rows(entries.slice(0, SHOWN))}
      {entries.length > SHOWN && (
        <li>
          <details>
            <summary className={FOLD}>{formatPlural(entries.length - SHOWN, "more", "more")}</summary>
            <ul className="mt-0.5 flex flex-col gap-0.5">{rows(entries.slice(SHOWN))}</ul>
          </details>
        </li>
      )}
    </ul>
  );
}

const LONG = 600;

function LongText({ text }: { text: string }) {
  if (text.length <= LONG) {
    return (
      <span className="whitespace-pre-wrap wrap-anywhere">
        <AgentText text={text} />
      </span>
    );
  }
  return (
    <details>
      <summary className="cursor-pointer whitespace-pre-wrap wrap-anywhere">
        <AgentText text={text.slice(0, LONG)} />… <span className="text-accent-text">all of it</span>
      </summary>
      <span className="whitespace-pre-wrap wrap-anywhere">
        <AgentText text={text.slice(LONG)} />
      </span>
    </details>
  );
}
