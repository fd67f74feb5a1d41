import { cn } from "@/components/ui/cn";
import { diffText, type FieldChange } from "@/lib/policies/versions-diff";

const LABELS: Record<FieldChange["field"], string> = {
  description: "Description",
  actions: "Actions",
  agents: "Agents",
  nodes: "Parts of the chart",
  when: "Condition",
  effect: "Effect",
  ask: "Asks for",
  maxAge: "Signed in within",
  to: "People asked",
  next: "Asked next",
  quorum: "People who must agree",
  excludeOwner: "Not the owner",
  deadline: "Deadline",
  onLapse: "If nobody looks in time",
  message: "What the agent is told",
};
/** Shown letter by letter. */
const CODE: ReadonlySet<FieldChange["field"]> = new Set(["actions", "agents", "nodes", "when"]);

interface ChangedFieldsProps {
  fields: readonly FieldChange[];
  before: string;
  after: string;
}

/** The fields of a rule that differ, side by side; what differs inside them is marked. */
export function ChangedFields({ fields, before, after }: ChangedFieldsProps) {
  return (
    <dl className="flex flex-col gap-3">
      {fields.map((change) => (
        <div key={change.field} className="flex flex-col gap-1">
          <dt className="text-xs text-muted">{LABELS[change.field]}</dt>
          <dd className="grid gap-2 md:grid-cols-2">
            <Side change={change} side="before" label={before} />
            <Side change={change} side="after" label={after} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Side({ change, side, label }: { change: FieldChange; side: "before" | "after"; label: string }) {
  const { before, after, field } = change;
  const own = change[side];
  return (
    <div
      className={cn(
        "min-w-0 rounded-md border px-3 py-2 text-sm",
        side === "before" ? "border-deny-line bg-deny-soft/40" : "border-allow-line bg-allow-soft/40",
      )}
    >
      <span className="sr-only">{label}: </span>
      {own === null ? (
        <span className="text-faint">{field === "when" ? "always" : "not set"}</span>
      ) : (
        <span className={cn("whitespace-pre-wrap wrap-anywhere", CODE.has(field) && "font-mono text-xs leading-5")}>
          {before === null || after === null ? own : <Marked before={before} after={after} side={side} />}
        </span>
      )}
    </div>
  );
}

function Marked({ before, after, side }: { before: string; after: string; side: "before" | "after" }) {
  const other = side === "before" ? "added" : "removed";
  const pieces = diffText(before, after).filter((piece) => piece.kind !== other);
  return pieces.map((piece, index) => {
    const key = `${index}:${piece.kind}`;
    if (piece.kind === "same") return <span key={key}>{piece.text}</span>;
    return side === "before" ? (
      <del key={key} className="rounded-xs bg-deny-soft text-deny-text no-underline ring-1 ring-deny-line">
        {piece.text}
      </del>
    ) : (
      <ins key={key} className="rounded-xs bg-allow-soft text-allow-text no-underline ring-1 ring-allow-line">
        {piece.text}
      </ins>
    );
  });
}
