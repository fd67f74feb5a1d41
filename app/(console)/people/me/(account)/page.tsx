import type { Metadata } from "next";

import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { requireViewer } from "@/lib/auth/session";
import { absencesOf } from "@/lib/people/absence-queries";
import { readOrganisation } from "@/lib/people/organisation";
import { AbsenceCard } from "../../_components/absence-card";
import { DemoCard } from "../_components/demo-card";
import { PasswordForm } from "../_components/password-form";
import { ProfileForm } from "../_components/profile-form";
import { SessionsCard } from "../_components/sessions-card";

export const metadata: Metadata = { title: "Your account" };

export default async function AccountPage() {
  const viewer = await requireViewer();
  const { person } = viewer;
  const [organisation, absences] = await Promise.all([readOrganisation(viewer.db), absencesOf(viewer, person.id)]);
  return (
    <>
      <Card>
        <CardHeader title="Profile" />
        <CardBody>
          <ProfileForm name={person.name} timeZone={person.timeZone} zones={Intl.supportedValuesOf("timeZone")} />
        </CardBody>
      </Card>
      {absences && <AbsenceCard person={{ id: person.id, name: person.name, isViewer: true }} absences={absences} />}
      <Card>
        <CardHeader title="Password" description="Changing it signs you out everywhere else." />
        <CardBody>
          <PasswordForm email={person.email} name={person.name} />
        </CardBody>
      </Card>
      <SessionsCard />
      {organisation.demo && viewer.access.canEverywhere("organisation.write") && <DemoCard name={organisation.name} />}
    </>
  );
}
