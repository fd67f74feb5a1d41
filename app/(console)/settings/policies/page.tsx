import { PolicySettings } from "@/app/(console)/settings/policies/policy-settings";
import { Live } from "@/components/live/live";
import { requireViewer } from "@/lib/auth/session";
import { needsSecondPerson } from "@/lib/policies/second-person";

export const metadata = { title: "Policy settings" };

export default async function PolicySettingsPage() {
  const viewer = await requireViewer("policy.read");
  const secondPerson = await needsSecondPerson(viewer.db);
  return (
    <>
      <Live topics={["configuration"]} />
      <PolicySettings secondPerson={secondPerson} mayEdit={viewer.access.canEverywhere("organisation.write")} />
    </>
  );
}
