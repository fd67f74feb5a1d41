import { Server } from "lucide-react";
import { notFound } from "next/navigation";

import { ActionForm } from "@/app/(console)/catalogue/_components/action-form";
import { SystemDialog } from "@/app/(console)/catalogue/systems/_components/system-dialog";
import { Crumbs } from "@/components/shell/crumbs";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { actionFormData } from "@/lib/catalogue/queries";

export const metadata = { title: "New action" };

export default async function NewActionPage() {
  const viewer = await requireViewer("catalogue.write");
  const data = await actionFormData(viewer);
  if (data === null) notFound();
  return (
    <Page>
      <Crumbs items={[{ label: "New action" }]} />
      <PageHeader
        title="New action"
        description="Begins as the gravest there is: what is not known is taken for irreversible and of high impact."
        actions={data.systems.length > 0 && <SystemDialog />}
      />
      {data.systems.length === 0 ? (
        <Card>
          <EmptyState
            icon={Server}
            title="First the system"
            description="An action belongs to a system, such as the CRM or the shop: its id is system.verb. Make one, and this form follows."
            action={<SystemDialog />}
          />
        </Card>
      ) : (
        <ActionForm
          mode="create"
          values={{
            id: "",
            systemId: "",
            title: null,
            description: null,
            kind: "execute",
            reversibility: "irreversible",
            impact: "high",
            dataClasses: [],
            args: null,
            evidence: [],
            fact: null,
            rollback: null,
            rollbackArgs: null,
          }}
          systems={data.systems}
          others={data.actions}
          settings={data.settings}
        />
      )}
    </Page>
  );
}
