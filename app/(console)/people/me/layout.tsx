import type { ReactNode } from "react";

import { Crumbs } from "@/components/shell/crumbs";
import { Page } from "@/components/ui/page";
import { PageHeader } from "@/components/ui/page-header";
import { TabNav } from "@/components/ui/tab-nav";
import { requireViewer } from "@/lib/auth/session";

const TABS = [
  { label: "Account", href: "/people/me" },
  { label: "Notifications", href: "/people/me/notifications" },
];

export default async function MeLayout({ children }: { children: ReactNode }) {
  const { person } = await requireViewer();
  return (
    <Page layout="narrow">
      <Crumbs items={[{ label: "Your account" }]} />
      <PageHeader title="Your account" description={person.email} />
      <TabNav label="Your account" items={TABS} />
      {children}
    </Page>
  );
}
