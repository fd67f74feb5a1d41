import Link from "next/link";
import { notFound, redirect } from "next/navigation";

import { ActionForm } from "@/app/(console)/catalogue/_components/action-form";
import { SuggestionCard } from "@/app/(console)/catalogue/unclassified/_components/suggestion-card";
import { DismissButton } from "@/app/(console)/catalogue/unclassified/_components/dismiss-button";
import { RequeueButton } from "@/app/(console)/catalogue/unclassified/_components/requeue-button";
import { Crumbs } from "@/components/shell/crumbs";
import { Banner } from "@/components/ui/banner";
import { formatCount, formatPlural } from "@/components/ui/format/number";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { actionFormData, getAction } from "@/lib/catalogue/queries";
import { getUnclassified } from "@/lib/catalogue/unclassified-queries";

export const metadata = { title: "Classify an action" };

export default async function ClassifyPage({ params }: { params: Promise<{ action: string }> }) {
  const viewer = await requireViewer("catalogue.read");
  const { action } = await params;
  const [found, data] = await Promise.all([getUnclassified(viewer, action), actionFormData(viewer)]);
  // Classified meanwhile, perhaps by this very form: its page is where to go on.
  if (found === null && (await getAction(viewer, action)) !== null) redirect(`/catalogue/${action}`);
  if (found === null) notFound();
  const { suggestion, samples } = found;
  const aside = <SuggestionCard suggestion={suggestion} samples={samples} />;
  const agents = formatPlural(found.agents, "agent");
  return (
    <Page>
      <Crumbs items={[{ label: "Unclassified", href: "/catalogue/unclassified" }, { label: action }]} />
      <PageHeader
        title={<span className="break-all font-mono">{action}</span>}
        description={`${formatPlural(found.requests, "request")} of ${agents}: ${found.agentNames.join(", ")}${found.agents > found.agentNames.length ? " and others" : ""}. ${formatCount(found.denied)} denied.`}
        actions={
          data && (found.dismissedAt === null ? <DismissButton action={action} /> : <RequeueButton action={action} />)
        }
      />
      {found.dismissedAt !== null && <Banner title="Dismissed.">{found.dismissedReason}</Banner>}
      {data ? (
        <ActionForm
          mode="classify"
          values={{
            id: action,
            systemId: suggestion.systemId,
            title: suggestion.title,
            description: null,
            kind: suggestion.kind,
            reversibility: suggestion.reversibility,
            impact: suggestion.impact,
            dataClasses: suggestion.dataClasses,
            args: suggestion.args,
            evidence: suggestion.evidence,
            fact: null,
            rollback: suggestion.rollback,
            rollbackArgs: null,
          }}
          systems={data.systems}
          others={data.actions}
          settings={data.settings}
          aside={aside}
        />
      ) : (
        <>
          <p className="text-sm text-muted">
            Who keeps the whole{" "}
            <Link href="/catalogue" className="underline underline-offset-4">
              catalogue
            </Link>{" "}
            classifies it.
          </p>
          {aside}
        </>
      )}
    </Page>
  );
}
