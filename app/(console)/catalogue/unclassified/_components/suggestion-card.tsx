import Link from "next/link";

import { EffectBadge } from "@/components/domain/effect-badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { JsonView } from "@/components/ui/json-view";
import { Time } from "@/components/ui/time";
import type { Suggestion } from "@/lib/catalogue/suggest";
import type { Plain } from "@/lib/kernel/plain";
import type { UnclassifiedDetail } from "@/lib/catalogue/unclassified-queries";

/** Why the form begins as it does, and what agents sent. */
export function SuggestionCard({
  suggestion,
  samples,
}: {
  suggestion: Suggestion;
  samples: Plain<UnclassifiedDetail["samples"]> | UnclassifiedDetail["samples"];
}) {
  return (
    <>
      <Card>
        <CardHeader
          title="Why this suggestion"
          description={
            suggestion.sure
              ? "From its name and what was sent. Check it."
              : "Its name says little: the worst is assumed."
          }
        />
        <CardBody>
          <ul className="flex list-disc flex-col gap-1.5 pl-4 text-sm">
            {suggestion.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </CardBody>
      </Card>
      {samples.length > 0 && (
        <Card>
          <CardHeader title="What agents sent" description="The latest requests." />
          <ul className="divide-y divide-line">
            {samples.map((sample) => (
              <li key={sample.decisionId} className="flex flex-col gap-2 px-4 py-3 text-sm">
                <span className="flex flex-wrap items-center gap-2">
                  <Link
                    href={`/decisions/${sample.decisionId}`}
                    className="rounded-sm font-medium underline-offset-4 hover:underline"
                  >
                    {sample.agent}
                  </Link>
                  <EffectBadge effect={sample.effect} />
                  <span className="ml-auto text-xs text-muted">
                    <Time value={sample.at} />
                  </span>
                </span>
                <JsonView value={sample.args} label="Arguments" depth={2} />
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
