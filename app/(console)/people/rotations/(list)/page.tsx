import { PhoneCall } from "lucide-react";

import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { listRotations, rotationChoices } from "@/lib/rotations/queries";
import { PeopleTabs } from "../../_components/people-tabs";
import { AddRotation } from "../_components/add-rotation";
import { RotationTable } from "../_components/rotation-table";

export const metadata = { title: "On call" };

export default async function RotationsPage() {
  const viewer = await requireViewer("chart.read");
  const [rows, choices] = await Promise.all([listRotations(viewer), rotationChoices(viewer)]);
  const add =
    choices.nodes.length > 0 ? <AddRotation choices={choices} today={today(viewer.clock.now())} /> : undefined;
  return (
    <Page>
      <Crumbs items={[{ label: "On call" }]} />
      <Live topics={["rotations", "people"]} />
      <PageHeader
        title="On call"
        description="People who take turns. Rules ask whoever is on call; being on call gives nobody authority."
        // One place whether or not there are any: its dialog stays when the first is made, and leads to it.
        actions={add}
      />
      <PeopleTabs />
      <Card>
        {rows.length === 0 ? (
          <EmptyState
            icon={PhoneCall}
            title="No rotation yet"
            description="With one, a rule can ask whoever is on call instead of naming a person."
          />
        ) : (
          <RotationTable rows={rows} />
        )}
      </Card>
    </Page>
  );
}

const today = (now: Date): string => now.toISOString().slice(0, 10);
