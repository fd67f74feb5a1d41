import { notFound } from "next/navigation";

import { NewPolicyForm } from "@/app/(console)/policies/~new/new-policy-form";
import { TemplateGrid } from "@/app/(console)/policies/~new/template-grid";
import { Crumbs } from "@/components/shell/crumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { fitsOf, POLICY_TEMPLATES, templateOf } from "@/lib/policies/templates/templates";
import { readAskable, readTemplateActions } from "@/lib/policies/templates/queries";

export const metadata = { title: "New policy" };

interface NewPolicyPageProps {
  searchParams: Promise<{ template?: string | string[] }>;
}

/** `~new` is no slug, so that no policy can be called the same. */
export default async function NewPolicyPage({ searchParams }: NewPolicyPageProps) {
  const viewer = await requireViewer("policy.write");
  if (!viewer.access.canEverywhere("policy.write")) notFound();
  const [{ template: asked }, actions, people] = await Promise.all([
    searchParams,
    readTemplateActions(viewer),
    readAskable(viewer),
  ]);
  const blank = asked === "blank";
  const template = typeof asked === "string" ? templateOf(asked) : null;
  if (!blank && template === null) {
    return (
      <Page>
        <Crumbs items={[{ label: "New policy" }]} />
        <PageHeader
          title="New policy"
          description="Start from a rule that many organisations begin with, or from nothing. Either way it is a draft until it is published."
        />
        <TemplateGrid
          templates={POLICY_TEMPLATES.map((one) => ({
            id: one.id,
            title: one.title,
            description: one.description,
            effect: one.effect,
            fitting: fitsOf(one, actions).length,
          }))}
        />
      </Page>
    );
  }
  return (
    <Page layout="narrow">
      <Crumbs items={[{ label: "New policy", href: "/policies/~new" }, { label: template?.title ?? "From nothing" }]} />
      <PageHeader
        title={template?.title ?? "New policy"}
        description={template?.description ?? "A name is enough to begin: its rules are written in the editor."}
      />
      <NewPolicyForm template={template?.id ?? null} fits={template ? fitsOf(template, actions) : []} people={people} />
    </Page>
  );
}
