import { notFound } from "next/navigation";

import { Soon } from "@/components/domain/soon";
import { Live } from "@/components/live/live";
import { Crumbs } from "@/components/shell/crumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { requireViewer } from "@/lib/auth/session";
import { rotationChoices } from "@/lib/rotations/queries";
import { MembersCard } from "../_components/members-card";
import { RotationActions } from "../_components/rotation-actions";
import { RulesCard } from "../_components/rules-card";
import { ShiftsCard } from "../_components/shifts-card";
import { rotationOf } from "./rotation-of";

export default async function RotationPage({ params }: { params: Promise<{ slug: string }> }) {
  const [{ slug }, viewer] = await Promise.all([params, requireViewer("chart.read")]);
  const rotation = await rotationOf(slug);
  if (!rotation) notFound();
  const choices = rotation.mayWrite ? await rotationChoices(viewer) : null;
  const [turn] = rotation.turns;
  const hasBegun = turn !== undefined && turn.startsAt <= viewer.clock.now();
  return (
    <Page>
      <Crumbs items={[{ label: "On call", href: "/people/rotations" }, { label: rotation.name }]} />
      <Live topics={["rotations", "people", "policies"]} />
      <PageHeader
        title={rotation.name}
        description={
          turn && hasBegun ? (
            <>
              {turn.name} is on call until <Soon at={turn.endsAt} />
              {turn.insteadOf !== null && `, instead of ${turn.insteadOf}`}.
            </>
          ) : (
            "Nobody is on call before the first turn."
          )
        }
        actions={choices && <RotationActions rotation={rotation} choices={choices} />}
      />
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="flex min-w-0 flex-col gap-4 lg:col-span-2">
          <ShiftsCard rotation={rotation} hasBegun={hasBegun} />
          <MembersCard members={rotation.members} node={rotation.node.name} />
        </div>
        <RulesCard slug={slug} rules={rotation.rules} node={rotation.node} plan={rotation.plan} />
      </div>
    </Page>
  );
}
