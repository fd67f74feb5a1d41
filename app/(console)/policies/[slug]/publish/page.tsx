import { redirect } from "next/navigation";

import { FaultList } from "@/app/(console)/policies/_components/fault-list";
import { PublishForm } from "@/app/(console)/policies/_components/publish-form";
import { RulesDiff } from "@/app/(console)/policies/_components/rules-diff";
import { DraftBadge } from "@/app/(console)/policies/_components/policy-badges";
import { UnreadableRules } from "@/app/(console)/policies/_components/unreadable-rules";
import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { Banner } from "@/components/ui/banner";
import { formatPlural } from "@/components/ui/format/number";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { Time } from "@/components/ui/time";
import { requireViewer } from "@/lib/auth/session";
import { readDraft } from "@/lib/policies/queries";
import { readRuleNames } from "@/lib/policies/rule-names";
import { countChanges, diffRules } from "@/lib/policies/versions-diff";

export const metadata = { title: "Publish" };

export default async function PublishPage({ params }: { params: Promise<{ slug: string }> }) {
  const [viewer, { slug }] = await Promise.all([requireViewer("policy.read"), params]);
  const draft = await readDraft(viewer, slug);
  if (!draft) redirect(`/policies/${slug}`);
  const { inForce } = draft;
  const names = await readRuleNames(viewer.db, [...draft.rules, ...(inForce?.rules ?? [])]);
  const changes = diffRules(inForce?.rules ?? [], draft.rules);
  const behind = draft.baseVersion !== (inForce?.number ?? null);
  const authors = draft.authors.map((author) => author.name).join(", ") || "the operator";
  return (
    <Page>
      <Crumbs items={[{ label: draft.name, href: `/policies/${slug}` }, { label: "Publish" }]} />
      <Live topics={[`policy:${slug}`]} />
      <PageHeader
        title={`Publish ${draft.name}`}
        badges={<DraftBadge state={draft.state} />}
        description={
          <>
            {formatPlural(countChanges(changes), "rule")} {countChanges(changes) === 1 ? "differs" : "differ"} from{" "}
            {inForce === null ? "nothing in force" : `version ${inForce.number}`}. Written by {authors}, saved{" "}
            <Time value={draft.updatedAt} />.
          </>
        }
      />
      {behind && inForce !== null && (
        <Banner tone="escalate" title={`Version ${inForce.number} came into force since this draft was begun`}>
          {draft.baseVersion === null
            ? "The draft was begun without it"
            : `The draft was begun from version ${draft.baseVersion}`}
          : publishing it replaces version {inForce.number} as shown below.
        </Banner>
      )}
      <UnreadableRules unreadable={inForce?.unreadable ?? []} binding />
      {draft.faults.length > 0 && <FaultList slug={slug} faults={draft.faults} />}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <section aria-label="What changes" className="min-w-0">
          <RulesDiff
            changes={changes}
            names={names}
            before={inForce === null ? "Nothing in force" : `Version ${inForce.number}`}
            after="Draft"
          />
        </section>
        <PublishForm
          slug={slug}
          draftId={draft.id}
          revision={draft.revision}
          inForce={inForce?.number ?? null}
          note={draft.note ?? ""}
          faults={draft.faults.length}
          state={draft.state}
          secondPerson={draft.secondPerson}
          mayWrite={draft.mayWrite}
          refusal={draft.publishRefusal}
          proposedBy={draft.proposedBy?.name ?? null}
        />
      </div>
    </Page>
  );
}
