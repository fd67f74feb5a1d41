import { notFound } from "next/navigation";

import { PersonStateBadge } from "@/components/domain/person-state-badge";
import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { listAuditRecords } from "@/lib/audit/queries";
import { requireViewer } from "@/lib/auth/session";
import { absencesOf } from "@/lib/people/absence-queries";
import { grantableNodes } from "@/lib/people/queries";
import { AbsenceCard } from "../_components/absence-card";
import { AccountActions } from "./_components/account-actions";
import { AccountCard } from "./_components/account-card";
import { ActivityCard } from "./_components/activity-card";
import { PlacesCard } from "./_components/places-card";
import { RolesCard } from "./_components/roles-card";
import { personOf } from "./person-of";

/** Records of what the person did lately. */
const RECENT = 15;

export default async function PersonPage({ params }: { params: Promise<{ id: string }> }) {
  const [{ id }, viewer] = await Promise.all([params, requireViewer()]);
  const mayAudit = viewer.access.canAnywhere("audit.read");
  const [person, nodes, activity, absences] = await Promise.all([
    personOf(id),
    viewer.access.canAnywhere("people.write") ? grantableNodes(viewer) : [],
    mayAudit ? listAuditRecords(viewer, { actorKinds: ["person"], actorId: id, take: RECENT }) : null,
    absencesOf(viewer, id),
  ]);
  if (!person) notFound();
  const { name, email, state } = person;
  return (
    <Page>
      <Crumbs items={[{ label: name }]} />
      <Live topics={["people"]} />
      <PageHeader
        leading={<Avatar name={name} size="lg" />}
        title={name}
        description={email}
        badges={
          <>
            <PersonStateBadge state={state} />
            {person.isViewer && <Badge>You</Badge>}
          </>
        }
        actions={
          <AccountActions
            person={{ id, name, state, isViewer: person.isViewer, administrable: person.administrable }}
          />
        }
      />
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="flex min-w-0 flex-col gap-4 lg:col-span-2">
          <RolesCard personId={id} roles={person.roles} nodes={nodes} />
          {activity && <ActivityCard rows={activity.rows} personId={id} />}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <AccountCard person={person} />
          {absences && <AbsenceCard person={{ id, name, isViewer: person.isViewer }} absences={absences} />}
          <PlacesCard leads={person.leads} owns={person.owns} />
        </div>
      </div>
    </Page>
  );
}
