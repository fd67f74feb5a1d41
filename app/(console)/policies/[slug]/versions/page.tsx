import { History } from "lucide-react";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";

import { CompareChoice } from "@/app/(console)/policies/[slug]/versions/compare-choice";
import { loadVersionsQuery, type VersionName } from "@/app/(console)/policies/[slug]/versions/search-params";
import { VersionList } from "@/app/(console)/policies/[slug]/versions/version-list";
import { RulesDiff } from "@/app/(console)/policies/_components/rules-diff";
import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import type { DraftRule } from "@/lib/policies/drafts/schemas";
import { listVersions, readPolicy, readVersion } from "@/lib/policies/queries";
import { readRuleNames } from "@/lib/policies/rule-names";
import { diffRules } from "@/lib/policies/versions-diff";

export const metadata = { title: "Versions" };

interface VersionsPageProps {
  params: Promise<{ slug: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function VersionsPage({ params, searchParams }: VersionsPageProps) {
  const [viewer, { slug }, query] = await Promise.all([
    requireViewer("policy.read"),
    params,
    loadVersionsQuery(searchParams),
  ]);
  const [policy, versions] = await Promise.all([readPolicy(viewer, slug), listVersions(viewer, slug, query.below)]);
  if (!policy) notFound();
  const { draft } = policy;
  const newest = versions[0]?.number ?? null;
  const b: VersionName | null = query.b ?? (draft ? "draft" : newest);
  const a: VersionName | null = query.a ?? (b === "draft" ? (policy.current?.number ?? null) : previousOf(versions, b));
  const rulesOf = async (name: VersionName | null): Promise<readonly DraftRule[] | null> => {
    if (name === null) return [];
    return name === "draft" ? (draft?.rules ?? null) : ((await readVersion(viewer, slug, name))?.rules ?? null);
  };
  const [before, after] = await Promise.all([rulesOf(a), rulesOf(b)]);
  if (before === null || after === null) notFound();
  const names = await readRuleNames(viewer.db, [...before, ...after]);
  return (
    <Page>
      <Crumbs items={[{ label: policy.name, href: `/policies/${slug}` }, { label: "Versions" }]} />
      <Live topics={[`policy:${slug}`]} />
      <PageHeader
        title={`Versions of ${policy.name}`}
        description="Versions are never changed: to go back is to publish an older one anew."
      />
      {b === null ? (
        <Card>
          <EmptyState icon={History} title="No versions yet" description="The first one is made by publishing." />
        </Card>
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)]">
          <VersionList
            slug={slug}
            versions={versions}
            shown={b}
            mayReturn={policy.mayWrite}
            hasDraft={draft !== null}
            more={versions.length === 100 ? (versions.at(-1)?.number ?? null) : null}
          />
          <section aria-label="Comparison" className="flex min-w-0 flex-col gap-3">
            <CompareChoice
              slug={slug}
              a={a}
              b={b}
              versions={versions.map((one) => one.number)}
              hasDraft={draft !== null}
            />
            <RulesDiff changes={diffRules(before, after)} names={names} before={nameOf(a)} after={nameOf(b)} />
          </section>
        </div>
      )}
    </Page>
  );
}

const previousOf = (versions: readonly { number: number }[], of: VersionName | null): number | null =>
  versions.find((one) => of !== null && of !== "draft" && one.number < of)?.number ?? null;

const nameOf = (name: VersionName | null): string =>
  name === null ? "Nothing" : name === "draft" ? "Draft" : `Version ${name}`;
