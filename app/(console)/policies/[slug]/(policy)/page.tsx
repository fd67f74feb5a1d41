import { notFound } from "next/navigation";

import { DraftBanner } from "@/app/(console)/policies/_components/draft-banner";
import { HitsChart } from "@/app/(console)/policies/_components/hits-chart";
import { PolicyActions } from "@/app/(console)/policies/_components/policy-actions";
import { PolicyBadges } from "@/app/(console)/policies/_components/policy-badges";
import { RuleList } from "@/app/(console)/policies/_components/rule-list";
import { UnreadableRules } from "@/app/(console)/policies/_components/unreadable-rules";
import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { requireViewer } from "@/lib/auth/session";
import { firstDay, HIT_DAYS, summarise, summariseByRule } from "@/lib/policies/hits";
import { dailyHits, lastHits } from "@/lib/policies/hits-queries";
import { readPolicy } from "@/lib/policies/queries";
import { readRuleNames } from "@/lib/policies/rule-names";
import { countChanges, diffRules } from "@/lib/policies/versions-diff";

/** Rules on one page; a policy may hold thousands. */
const PAGE_SIZE = 50;

interface PolicyPageProps {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ page?: string | string[] }>;
}

export default async function PolicyPage({ params, searchParams }: PolicyPageProps) {
  const [viewer, { slug }, query] = await Promise.all([requireViewer("policy.read"), params, searchParams]);
  const policy = await readPolicy(viewer, slug);
  if (!policy) notFound();
  const { current, draft, retiredAt } = policy;
  const rules = current?.rules ?? draft?.rules ?? [];
  const pages = Math.max(1, Math.ceil(rules.length / PAGE_SIZE));
  const page = Math.min(Math.max(1, Number(query.page) || 1), pages);
  const shown = rules.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const now = viewer.clock.now();
  const [hits, last, names] = await Promise.all([
    dailyHits(viewer, slug),
    lastHits(viewer, slug),
    readRuleNames(viewer.db, shown),
  ]);
  const byRule = summariseByRule(hits, now);
  const inForce = retiredAt === null ? (current?.number ?? null) : null;
  return (
    <Page>
      <Crumbs items={[{ label: policy.name }]} />
      <Live topics={[`policy:${slug}`, "hits"]} />
      <PageHeader
        title={policy.name}
        badges={<PolicyBadges inForce={inForce} retired={retiredAt !== null} draft={draft?.state ?? null} />}
        description={
          current === null ? (
            <span className="font-mono text-xs">{slug}</span>
          ) : (
            <>
              <span className="font-mono text-xs">{slug}</span> · version {current.number} published{" "}
              <Time value={current.at} /> by {current.by?.name ?? "the operator"}
              {current.note !== null && <>: “{current.note}”</>}
            </>
          )
        }
        actions={
          <PolicyActions
            slug={slug}
            name={policy.name}
            draftId={draft?.id ?? null}
            retired={retiredAt !== null}
            inForce={inForce}
            versions={policy.versions}
            mayWrite={policy.mayWrite}
          />
        }
      />
      <UnreadableRules unreadable={current?.unreadable ?? []} binding={inForce !== null} />
      {draft && (
        <DraftBanner
          slug={slug}
          draft={draft}
          differs={countChanges(diffRules(inForce === null ? [] : (current?.rules ?? []), draft.rules))}
          behind={draft.baseVersion !== inForce}
          onlyDraft={current === null}
          mayWrite={policy.mayWrite}
        />
      )}
      {current !== null && (
        <HitsChart
          slug={slug}
          hits={hits}
          summary={summarise(hits, now)}
          fromMs={Date.parse(firstDay(now))}
          toMs={Date.parse(firstDay(now)) + HIT_DAYS * 86_400_000}
        />
      )}
      <RuleList
        slug={slug}
        rules={shown}
        total={rules.length}
        page={page}
        pages={pages}
        names={names}
        hits={byRule}
        last={last}
        binding={inForce !== null}
        onlyDraft={current === null}
      />
    </Page>
  );
}
