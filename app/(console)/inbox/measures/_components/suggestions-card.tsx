import { Lightbulb } from "lucide-react";
import Link from "next/link";

import { DismissedSuggestions } from "@/app/(console)/inbox/measures/_components/dismissed-suggestions";
import { SuggestionActions } from "@/app/(console)/inbox/measures/_components/suggestion-actions";
import { suggestionGrounds, SUGGESTION_TITLES } from "@/app/(console)/inbox/measures/_components/suggestion-words";
import { RuleEffectBadge } from "@/components/domain/rule-effect-badge";
import { Card, CardHeader } from "@/components/ui/card";
import type { Viewer } from "@/lib/auth/viewer";
import { SUGGEST_DAYS } from "@/lib/measures/suggest";
import { readSuggestions } from "@/lib/measures/suggest-queries";

/** What the last thirty days suggest for rules; nothing of it is in force until a draft is published. Absent where there is nothing to say. */
export async function SuggestionsCard({ viewer }: { viewer: Viewer }) {
  const found = await readSuggestions(viewer);
  if (found === null || found.open.length + found.dismissed.length === 0) return null;
  const { open, dismissed, mayChange } = found;
  return (
    <Card>
      <CardHeader
        title="Suggestions"
        description={`From the last ${SUGGEST_DAYS} days of the whole organisation. Each begins a draft, which you can simulate: nothing changes by itself.`}
      />
      <ul className="divide-y divide-line">
        {open.map((one) => (
          <li key={`${one.kind} ${one.policy} ${one.rule}`} className="flex flex-wrap items-start gap-3 px-4 py-3">
            <Lightbulb aria-hidden className="mt-0.5 size-4 shrink-0 text-accent-text" />
            <div className="min-w-0 flex-1 basis-80">
              <p className="text-sm font-medium">{SUGGESTION_TITLES[one.kind]}</p>
              <p className="mt-0.5 text-sm text-muted">{suggestionGrounds(one)}</p>
              <p className="mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs">
                <Link
                  href={`/policies/${one.policy}`}
                  className="rounded-sm font-mono underline-offset-4 hover:underline"
                >
                  {one.policy}/{one.rule}
                </Link>
                <RuleEffectBadge effect={one.from} />
                <span aria-hidden>→</span>
                <span className="sr-only">would become</span>
                <RuleEffectBadge effect={one.to} />
              </p>
            </div>
            {mayChange && (
              <SuggestionActions kind={one.kind} policy={one.policy} rule={one.rule} drafted={one.drafted} />
            )}
          </li>
        ))}
      </ul>
      {dismissed.length > 0 && (
        <DismissedSuggestions
          rows={dismissed.map(({ at, until, ...row }) => ({
            ...row,
            at: at.toISOString(),
            until: until.toISOString(),
          }))}
          mayChange={mayChange}
        />
      )}
    </Card>
  );
}
