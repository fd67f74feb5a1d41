import { ListChecks } from "lucide-react";
import Link from "next/link";

import { RuleCard } from "@/app/(console)/policies/_components/rule-card";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { formatCount } from "@/components/ui/format/number";
import type { DraftRule } from "@/lib/policies/drafts/schemas";
import type { HitSummary } from "@/lib/policies/hits";
import type { RuleNames } from "@/lib/policies/rule-names";

interface RuleListProps {
  slug: string;
  rules: readonly DraftRule[];
  total: number;
  page: number;
  pages: number;
  names: RuleNames;
  hits: ReadonlyMap<string, HitSummary>;
  last: ReadonlyMap<string, Date>;
  /** The rules are in force now. */
  binding: boolean;
  /** They are those of a draft that never was in force. */
  onlyDraft: boolean;
}

/** The rules of a policy, each in words and as text. */
export function RuleList({ slug, rules, total, page, pages, names, hits, last, binding, onlyDraft }: RuleListProps) {
  if (rules.length === 0) {
    return (
      <Card>
        <EmptyState
          icon={ListChecks}
          title={onlyDraft ? "The draft has no rules yet" : "This version has no rules"}
          description="A policy without rules says nothing: grants, tiers and other policies decide."
        />
      </Card>
    );
  }
  return (
    <section aria-labelledby="rules" className="flex flex-col gap-3">
      <header className="flex flex-wrap items-baseline gap-x-3">
        <h2 id="rules" className="text-base font-semibold">
          {onlyDraft ? "Rules of the draft" : "Rules"}
        </h2>
        <p className="text-xs text-muted">
          {formatCount(total)} in all. Their order says nothing: the strictest that holds wins.
        </p>
      </header>
      <ul className="flex flex-col gap-3">
        {rules.map((rule, index) => (
          <li key={`${index}:${rule.id}`} id={`rule-${rule.id}`}>
            <RuleCard
              slug={slug}
              rule={rule}
              names={names}
              hits={hits.get(rule.id) ?? null}
              lastAt={last.get(rule.id) ?? null}
              binding={binding}
              onlyDraft={onlyDraft}
            />
          </li>
        ))}
      </ul>
      {pages > 1 && (
        <nav aria-label="Pages of rules" className="flex items-center gap-2 text-sm">
          <PageLink slug={slug} page={page - 1} label="Earlier rules" shown={page > 1} />
          <span className="text-muted">
            Page {page} of {pages}
          </span>
          <PageLink slug={slug} page={page + 1} label="More rules" shown={page < pages} />
        </nav>
      )}
    </section>
  );
}

function PageLink({ slug, page, label, shown }: { slug: string; page: number; label: string; shown: boolean }) {
  if (!shown) return null;
  return (
    <Button asChild size="sm">
      <Link href={`/policies/${slug}?page=${page}`}>{label}</Link>
    </Button>
  );
}
