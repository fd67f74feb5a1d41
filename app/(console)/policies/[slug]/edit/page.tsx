import type { Metadata } from "next";
import { notFound } from "next/navigation";

import { BeginDraft } from "@/app/(console)/policies/[slug]/edit/_components/begin-draft";
import { PolicyEditor } from "@/app/(console)/policies/[slug]/edit/_components/policy-editor";
import { Crumbs } from "@/components/shell/crumbs";
import { Page } from "@/components/ui/page";
import { requireViewer } from "@/lib/auth/session";
import { readEditorWorld } from "@/lib/policies/builder/read-editor-world";
import { readDraft, readPolicy } from "@/lib/policies/queries";

interface EditPageProps {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ rule?: string | string[] }>;
}

export const metadata: Metadata = { title: "Edit" };

export default async function EditPolicyPage({ params, searchParams }: EditPageProps) {
  const [viewer, { slug }, query] = await Promise.all([requireViewer("policy.write"), params, searchParams]);
  const policy = await readPolicy(viewer, slug);
  // Policies are the organisation's: whoever writes only a part of the chart reads them.
  if (!policy?.mayWrite) notFound();
  const draft = await readDraft(viewer, slug);
  const crumbs = <Crumbs items={[{ label: policy.name, href: `/policies/${slug}` }, { label: "Edit" }]} />;
  if (!draft) {
    return (
      <Page>
        {crumbs}
        <BeginDraft
          policy={slug}
          name={policy.name}
          inForce={policy.retiredAt === null ? (policy.current?.number ?? null) : null}
        />
      </Page>
    );
  }
  const world = await readEditorWorld(viewer, draft.rules);
  return (
    <Page>
      {crumbs}
      <PolicyEditor
        // A draft that was discarded and begun again is another one.
        key={draft.id}
        draft={{
          id: draft.id,
          policy: slug,
          name: draft.name,
          note: draft.note,
          rules: draft.rules,
          revision: draft.revision,
          updatedAt: draft.updatedAt,
        }}
        inForce={draft.inForce?.number ?? null}
        isBehind={draft.baseVersion !== (draft.inForce?.number ?? null)}
        state={draft.state}
        world={world}
        selected={typeof query.rule === "string" ? query.rule : null}
      />
    </Page>
  );
}
