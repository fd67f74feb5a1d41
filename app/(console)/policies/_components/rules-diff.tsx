import { Equal, Minus, MoveVertical, PenLine, Plus } from "lucide-react";

import { ChangedFields } from "@/app/(console)/policies/_components/changed-fields";
import { RuleSummary } from "@/app/(console)/policies/_components/rule-summary";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { formatPlural } from "@/components/ui/format/number";
import type { RuleNames } from "@/lib/policies/rule-names";
import type { RuleChange } from "@/lib/policies/versions-diff";

interface RulesDiffProps {
  changes: readonly RuleChange[];
  names: RuleNames;
  /** What the sides are called: "Version 2", "Draft". */
  before: string;
  after: string;
}

/** Two sets of rules, rule by rule: what was added, removed and changed, then what stayed. */
export function RulesDiff({ changes, names, before, after }: RulesDiffProps) {
  const different = changes.filter((change) => change.kind !== "same");
  const same = changes.filter((change) => change.kind === "same");
  return (
    <div className="flex flex-col gap-3">
      {different.length === 0 && (
        <Card className="p-4 text-sm text-muted">
          The rules of {before.toLowerCase()} and {after.toLowerCase()} are the same.
        </Card>
      )}
      {different.map((change) => (
        <Change key={`${change.kind}:${change.id}`} change={change} names={names} before={before} after={after} />
      ))}
      {same.length > 0 && (
        <details className="group rounded-lg border border-line bg-surface">
          <summary className="flex cursor-pointer items-center gap-2 px-4 py-2.5 text-sm text-muted">
            <Equal aria-hidden className="size-4" />
            {formatPlural(same.length, "rule")} unchanged
          </summary>
          <ul className="flex flex-col border-t border-line">
            {same.map((change) => (
              <li key={change.id} className="flex flex-wrap items-center gap-2 px-4 py-2 font-mono text-xs">
                {change.id}
                {change.kind === "same" && change.moved && (
                  <Badge icon={<MoveVertical aria-hidden />}>moved, which says nothing</Badge>
                )}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

const LOOKS = {
  added: { label: "Added", tone: "allow", icon: Plus },
  removed: { label: "Removed", tone: "deny", icon: Minus },
  changed: { label: "Changed", tone: "info", icon: PenLine },
} as const;

function Change({
  change,
  names,
  before,
  after,
}: { change: Exclude<RuleChange, { kind: "same" }> } & Omit<RulesDiffProps, "changes">) {
  const { label, tone, icon: Icon } = LOOKS[change.kind];
  return (
    <Card className="flex flex-col gap-3 p-4">
      <h3 className="flex flex-wrap items-center gap-2">
        <Badge tone={tone} icon={<Icon aria-hidden />}>
          {label}
        </Badge>
        <span className="min-w-0 font-mono text-xs font-semibold wrap-anywhere">{change.id || "unnamed rule"}</span>
      </h3>
      {change.kind === "changed" ? (
        <ChangedFields fields={change.fields} before={before} after={after} />
      ) : (
        <RuleSummary rule={change.rule} names={names} />
      )}
    </Card>
  );
}
