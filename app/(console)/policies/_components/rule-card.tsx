import { TriangleAlert } from "lucide-react";
import Link from "next/link";

import { hitsParams } from "@/app/(console)/policies/[slug]/hits/search-params";
import { RuleSummary } from "@/app/(console)/policies/_components/rule-summary";
import { Sparkline } from "@/components/charts/sparkline";
import { RULE_EFFECT_LOOK, RuleEffectBadge } from "@/components/domain/rule-effect-badge";
import { Card } from "@/components/ui/card";
import { formatCount, formatPlural } from "@/components/ui/format/number";
import { Time } from "@/components/ui/time";
import type { DraftRule } from "@/lib/policies/drafts/schemas";
import type { HitSummary } from "@/lib/policies/hits";
import type { RuleNames } from "@/lib/policies/rule-names";

interface RuleCardProps {
  slug: string;
  rule: DraftRule;
  names: RuleNames;
  /** Of the last 30 days; null: it never held in them. */
  hits: HitSummary | null;
  lastAt: Date | null;
  binding: boolean;
  onlyDraft: boolean;
}

/** One rule: what it does in words, its condition as text, and how often it held. */
export function RuleCard({ slug, rule, names, hits, lastAt, binding, onlyDraft }: RuleCardProps) {
  return (
    <Card className="flex flex-col gap-3 p-4">
      <header className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-60 flex-wrap items-center gap-x-2.5 gap-y-1">
          <RuleEffectBadge effect={rule.effect} />
          <h3 className="min-w-0 font-mono text-xs font-semibold wrap-anywhere">{rule.id || "unnamed rule"}</h3>
        </div>
        {!onlyDraft && <RuleHits slug={slug} rule={rule} hits={hits} lastAt={lastAt} binding={binding} />}
      </header>
      {rule.description !== undefined && rule.description !== "" && (
        <p className="max-w-prose text-sm text-muted">{rule.description}</p>
      )}
      <RuleSummary rule={rule} names={names} badge={false} />
    </Card>
  );
}

function RuleHits({ slug, rule, hits, lastAt, binding }: Omit<RuleCardProps, "names" | "onlyDraft">) {
  if (hits === null || hits.total === 0) {
    return (
      <p className="text-xs text-faint">
        {lastAt === null ? (
          binding && "never held"
        ) : (
          <>
            not in 30 days, last <Time value={lastAt} />
          </>
        )}
      </p>
    );
  }
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs">
      {hits.errors > 0 && (
        <span className="flex items-center gap-1 text-escalate-text">
          <TriangleAlert aria-hidden className="size-3.5" />
          {formatCount(hits.errors)} by an error
        </span>
      )}
      <Sparkline
        values={hits.daily}
        label={`${formatPlural(hits.total, "hit")} over the last 30 days`}
        colour={RULE_EFFECT_LOOK[rule.effect].colour}
        className="h-6 w-20"
      />
      <span className="text-muted">
        <Link
          href={hitsParams.href(`/policies/${slug}/hits`, { rule: [rule.id] })}
          className="font-medium text-accent-text underline-offset-2 hover:underline"
        >
          {hits.total === 1 ? "held once" : `held ${formatCount(hits.total)} times`}
          <span className="sr-only"> in 30 days: decisions of {rule.id}</span>
        </Link>
        {lastAt !== null && (
          <>
            , last <Time value={lastAt} />
          </>
        )}
      </span>
    </div>
  );
}
