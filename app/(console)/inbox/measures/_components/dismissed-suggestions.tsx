"use client";
import { restore } from "@/app/(console)/inbox/measures/actions";
import { SUGGESTION_TITLES } from "@/app/(console)/inbox/measures/_components/suggestion-words";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { formatPlural } from "@/components/ui/format/number";
import { Time } from "@/components/ui/time";
import type { SuggestionKind } from "@/lib/measures/suggest";

interface Dismissed {
  kind: SuggestionKind;
  policy: string;
  rule: string;
  reason: string;
  by: string;
  /** ISO times. */
  at: string;
  until: string;
}

/** What was put aside, by whom and why. */
export function DismissedSuggestions({ rows, mayChange }: { rows: readonly Dismissed[]; mayChange: boolean }) {
  const { run, pending } = useAction(restore);
  return (
    <details className="border-t border-line px-4 py-2.5 text-sm">
      <summary className="cursor-pointer text-muted">{formatPlural(rows.length, "suggestion")} put aside</summary>
      <ul className="mt-2 flex flex-col gap-3">
        {rows.map(({ kind, policy, rule, reason, by, at, until }) => (
          <li key={`${kind} ${policy} ${rule}`} className="flex flex-wrap items-start justify-between gap-2">
            <div className="min-w-0 flex-1 basis-72">
              <p>
                {SUGGESTION_TITLES[kind]} <span className="font-mono text-xs text-muted">{`${policy}/${rule}`}</span>
              </p>
              <p className="text-xs text-muted wrap-anywhere">
                {by}, <Time value={at} />: “{reason}” Until <Time value={until} format="date" />.
              </p>
            </div>
            {mayChange && (
              <Button size="sm" variant="ghost" pending={pending} onClick={() => run({ kind, policy, rule })}>
                Bring back
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
