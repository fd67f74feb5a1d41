import { notFound } from "next/navigation";

import { ActionForm } from "@/app/(console)/catalogue/_components/action-form";
import { Crumbs } from "@/components/shell/crumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { actionFormData, getAction } from "@/lib/catalogue/queries";
import { factSchema } from "@/lib/catalogue/schemas";

export const metadata = { title: "Edit an action" };

export default async function EditActionPage({ params }: { params: Promise<{ action: string }> }) {
  const viewer = await requireViewer("catalogue.write");
  const [found, data] = await Promise.all([getAction(viewer, (await params).action), actionFormData(viewer)]);
  if (found === null || data === null) notFound();
  const { action } = found;
  const fact = factSchema.safeParse(action.fact);
  return (
    <Page>
      <Crumbs items={[{ label: action.id, href: `/catalogue/${action.id}` }, { label: "Edit" }]} />
      <PageHeader
        title={`Edit ${action.title ?? action.id}`}
        description={
          <>
            <span className="font-mono text-xs">{action.id}</span>
            {action.retired && " is retired: saving takes it into use again."}
          </>
        }
      />
      <ActionForm
        mode="edit"
        values={{
          id: action.id,
          systemId: action.system.id,
          title: action.title,
          description: action.description,
          kind: action.kind,
          reversibility: action.reversibility,
          impact: action.impact,
          dataClasses: action.dataClasses,
          args: action.args,
          evidence: action.evidence,
          fact: fact.success ? fact.data : null,
          rollback: action.rollback,
          rollbackArgs: action.rollbackArgs,
        }}
        basis={action.basis}
        systems={data.systems}
        others={data.actions.filter((id) => id !== action.id)}
        settings={data.settings}
      />
    </Page>
  );
}
