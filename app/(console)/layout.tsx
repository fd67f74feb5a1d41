import type { ReactNode } from "react";

import type { NavId } from "@/components/shell/nav";
import { FixedTimeZone } from "@/components/ui/time-zone";
import type { Access } from "@/lib/auth/access";
import type { Permission } from "@/lib/auth/permissions";
import { requireViewer } from "@/lib/auth/session";
import { countUnclassified } from "@/lib/catalogue/unclassified-queries";
import { countMine } from "@/lib/inbox/counts";
import { countOpen } from "@/lib/incidents/list-queries";
import { readStops } from "@/lib/organisation/stops";
import { countUnread } from "@/lib/notify/queries";
import { readOrganisation } from "@/lib/people/organisation";
import { countPromotions } from "@/lib/promotions/queries";
import { ConsoleShell } from "./_components/console-shell";
import { StopNotice } from "./_components/stop-notice";

/** What each section is for; without the permission anywhere its page is a 404, so it is not offered either. */
const SECTIONS: readonly (readonly [NavId, Permission | null])[] = [
  ["overview", null],
  ["inbox", "approval.read"],
  ["incidents", "incident.read"],
  ["runs", "run.read"],
  ["agents", "chart.read"],
  ["chart", "chart.read"],
  ["catalogue", "catalogue.read"],
  ["policies", "policy.read"],
  ["autonomy", "chart.read"],
  ["audit", "audit.read"],
  ["people", "people.read"],
  ["settings", "policy.read"],
];

const sectionsFor = (access: Access): NavId[] =>
  SECTIONS.flatMap(([id, permission]) => (permission === null || access.canAnywhere(permission) ? [id] : []));

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const viewer = await requireViewer();
  const [organisation, waiting, open, stops, unclassified, promotions, unread] = await Promise.all([
    readOrganisation(viewer.db),
    countMine(viewer),
    countOpen(viewer),
    readStops(viewer),
    countUnclassified(viewer),
    countPromotions(viewer),
    countUnread(viewer),
  ]);
  const { id, name, email, timeZone } = viewer.person;
  const shell = (
    <ConsoleShell
      person={{ name, email }}
      organisation={organisation}
      counts={{
        inbox: waiting,
        incidents: open.incidents + open.conflicts,
        catalogue: unclassified,
        autonomy: promotions,
      }}
      inbox={{ unread, topic: `inbox:${id}` }}
      notice={<StopNotice stops={stops} />}
      sections={sectionsFor(viewer.access)}
    >
      {children}
    </ConsoleShell>
  );
  return timeZone === null ? shell : <FixedTimeZone timeZone={timeZone}>{shell}</FixedTimeZone>;
}
