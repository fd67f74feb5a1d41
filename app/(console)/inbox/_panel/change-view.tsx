import { ArrowRight } from "lucide-react";
import { AgentText } from "@/components/ui/agent-text";
import { formatPlural } from "@/components/ui/format/number";
import { JsonView } from "@/components/ui/json-view";
import { Time } from "@/components/ui/time";
import type { PresentState } from "@/lib/approvals/present-state";
import { keyLabel } from "@/lib/decisions/words";
import type { Json, JsonObject } from "@/lib/kernel/json";
import { Value } from "../../_evidence/arguments-view";
import { Folded } from "./folded";

const SHOWN = 40;

interface ChangeViewProps {
  args: JsonObject;
  present: PresentState | null;
  /** For a dialog that confirms: every one of them, and not the JSON behind it. */
  whole?: boolean;
}

/** What would be done, argument by argument; beside each what stands there now, where the run knows it. Agent's text. */
export function ChangeView({ args, present, whole = false }: ChangeViewProps) {
  const rows = rowsOf(args, present);
  if (rows.length === 0) return <p className="text-sm text-muted">None.</p>;
  const others = whole ? [] : rows.slice(SHOWN);
  return (
    <div className="flex flex-col gap-2">
      <Rows rows={whole ? rows : rows.slice(0, SHOWN)} />
      {others.length > 0 && (
        <Folded summary={formatPlural(others.length, "more argument")}>
          <div className="mt-2">
            <Rows rows={others} />
          </div>
        </Folded>
      )}
      {present !== null && <Source source={present.source} />}
      {!whole && (
        <Folded summary="As JSON">
          <JsonView value={args} label="Arguments" className="mt-2" depth={3} />
        </Folded>
      )}
    </div>
  );
}

function Rows({ rows }: { rows: readonly Row[] }) {
  return (
    <dl className="@container divide-y divide-line rounded-md border border-line">
      {rows.map(({ path, before, after }) => (
        <div key={path} className="grid gap-x-4 px-3 py-1.5 @sm:grid-cols-[minmax(7rem,11rem)_minmax(0,1fr)]">
          <dt className="text-sm text-muted wrap-anywhere">
            <AgentText text={path.split(".").map(keyLabel).join(" · ")} />
          </dt>
          <dd className="min-w-0 text-sm">
            {before === undefined ? <Value value={after} depth={0} /> : <Change before={before} after={after} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface Row {
  path: string;
  before: Json | undefined;
  after: Json;
}

/** Arguments that hold several changes stand as a row for each of them. */
function rowsOf(args: JsonObject, present: PresentState | null): Row[] {
  const before = present?.before ?? {};
  return Object.entries(args).flatMap(([name, value]): Row[] => {
    const within = Object.keys(before).some((path) => path.startsWith(`${name}.`));
    if (!within || typeof value !== "object" || value === null || Array.isArray(value))
      return [{ path: name, before: own(before, name), after: value }];
    return Object.entries(value).map(([inner, after]) => {
      const path = `${name}.${inner}`;
      return { path, before: own(before, path), after };
    });
  });
}

const own = (values: { [path: string]: Json }, path: string): Json | undefined =>
  Object.hasOwn(values, path) ? values[path] : undefined;

function Change({ before, after }: { before: Json; after: Json }) {
  if (JSON.stringify(before) === JSON.stringify(after)) {
    return (
      <span className="flex flex-wrap items-baseline gap-x-2">
        <Value value={after} depth={0} />
        <span className="text-xs text-muted">stays</span>
      </span>
    );
  }
  return (
    <span className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
      <del className="min-w-0 rounded-sm bg-deny-soft px-1 text-deny-text decoration-deny-line">
        <span className="sr-only">now: </span>
        <Value value={before} depth={1} />
      </del>
      <ArrowRight aria-hidden className="size-3.5 shrink-0 self-center text-muted" />
      <ins className="min-w-0 rounded-sm bg-allow-soft px-1 font-medium text-allow-text no-underline">
        <span className="sr-only">then: </span>
        <Value value={after} depth={1} />
      </ins>
    </span>
  );
}

function Source({ source }: { source: PresentState["source"] }) {
  if (source.kind === "agent")
    return <p className="text-xs text-muted">What stands there now is the agent’s word; Remit has not checked it.</p>;
  return (
    <p className="text-xs text-muted wrap-anywhere">
      What stands there now: {source.origin === "observed" ? "observed by Remit" : "reported by the agent"} as the
      result of <code className="font-mono">{source.action}</code>, <Time value={source.at} />.
    </p>
  );
}
