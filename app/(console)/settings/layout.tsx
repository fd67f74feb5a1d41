import type { ReactNode } from "react";

import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { TabNav } from "@/components/ui/tab-nav";
import { requireViewer } from "@/lib/auth/session";

/** Each section of the settings is a page of its own: add its tab here. */
const TABS = [
  { label: "Authority", href: "/settings/authority" },
  { label: "Failure modes", href: "/settings/failure-modes" },
  { label: "Policies", href: "/settings/policies" },
];

/** What only admins of the whole organisation see. */
const ADMIN_TABS = [{ label: "Webhooks", href: "/settings/webhooks" }];

export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const viewer = await requireViewer("policy.read");
  const admin = viewer.access.canEverywhere("organisation.write");
  return (
    <Page>
      <PageHeader
        title="Settings"
        description="What holds for the whole organisation where no rule says otherwise. A change binds the very next decision."
      />
      <TabNav label="Settings" items={admin ? [...TABS, ...ADMIN_TABS] : TABS} />
      {children}
    </Page>
  );
}
