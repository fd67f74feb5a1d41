import type { SearchParams } from "nuqs/server";

import { HitsTable } from "@/app/(console)/policies/[slug]/hits/hits-table";
import { hitsParams, type HitsQuery } from "@/app/(console)/policies/[slug]/hits/search-params";
import { titleOf } from "@/app/(console)/policies/[slug]/title-of";
import { Crumbs } from "@/components/shell/crumbs";
import { formatCount, formatPlural } from "@/components/ui/format/number";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { dayOf, firstDay, HITS_KEPT_DAYS, SAMPLES_PER_DAY } from "@/lib/policies/hits";
import { hitAgents, hitDecisions, hitRules, type HitFilter } from "@/lib/policies/hits-queries";

interface HitsPageProps {
  params: Promise<{ slug: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function HitsPage({ params, searchParams }: HitsPageProps) {
  const [viewer, { slug }, query] = await Promise.all([
    requireViewer("policy.read"),
    params,
    hitsParams.load(searchParams),
  ]);
  const filter = filterOf(query, viewer.clock.now());
  const [name, { rows, listed, held }, agents, rules] = await Promise.all([
    titleOf(slug),
    hitDecisions(viewer, slug, filter),
    hitAgents(viewer, slug, filter),
    hitRules(viewer, slug, filter),
  ]);
  return (
    <Page layout="fill">
      <Crumbs items={[{ label: name ?? slug, href: `/policies/${slug}` }, { label: "Decisions" }]} />
      <PageHeader
        title={`Decisions by ${name ?? slug}`}
        description={
          held > listed
            ? `Its rules held ${formatCount(held)} times; the latest ${SAMPLES_PER_DAY} of each rule, agent and day are listed.`
            : `Its rules held ${formatPlural(held, "time")}.`
        }
      />
      <HitsTable
        rows={rows}
        total={listed}
        slug={slug}
        agents={agents.map((agent) => ({ value: agent.id, label: agent.name, count: agent.count }))}
        rules={rules.map(({ rule, count }) => ({ value: rule, label: rule, count }))}
      />
    </Page>
  );
}

/** UTC days; all that are kept where the address does not say. */
function filterOf({ rule, effect, agent, mode, from, to, sort, page, size }: HitsQuery, now: Date): HitFilter {
  return {
    rules: rule,
    effect,
    agent,
    modes: mode.length > 0 ? mode : ["live"],
    from: from ? dayOf(from) : firstDay(now, HITS_KEPT_DAYS),
    to: dayOf(to ? new Date(to.getTime() - 1) : now),
    ascending: !sort.desc,
    page,
    pageSize: size,
  };
}
