import type { ReactNode } from "react";

import type { NavId } from "@/components/shell/nav";
import { FixedTimeZone } from "@/components/ui/time-zone";
import { countApprovals } from "@/lib/approvals/list-queries";
import type { Access } from "@/lib/auth/access";
import type { Permission } from "@/lib/auth/permissions";
import { requireViewer } from "@/lib/auth/session";
import { readOrganisation } from "@/lib/people/organisation";
import { ConsoleShell } from "./_components/console-shell";

/** What each section is for; without the permission anywhere its page is a 404, so it is not offered either. */
const SECTIONS: readonly (readonly [NavId, Permission | null])[] = [
  ["overview", null],
  ["approvals", "approval.read"],
  ["runs", "run.read"],
  ["agents", "chart.read"],
  ["chart", "chart.read"],
  ["catalogue", "catalogue.read"],
  ["policies", "policy.read"],
  ["audit", "audit.read"],
  ["people", "people.read"],
];

const sectionsFor = (access: Access): NavId[] =>
  SECTIONS.flatMap(([id, permission]) => (permission === null || access.canAnywhere(permission) ? [id] : []));

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const viewer = await requireViewer();
  const [organisation, approvals] = await Promise.all([readOrganisation(viewer.db), countApprovals(viewer)]);
  const { name, email, timeZone } = viewer.person;
  const shell = (
    <ConsoleShell
      person={{ name, email }}
      organisation={organisation}
      counts={{ approvals: approvals.mine }}
      sections={sectionsFor(viewer.access)}
    >
      {children}
    </ConsoleShell>
  );
  return timeZone === null ? shell : <FixedTimeZone timeZone={timeZone}>{shell}</FixedTimeZone>;
}
