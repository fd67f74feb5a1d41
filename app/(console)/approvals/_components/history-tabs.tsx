import { TabNav } from "@/components/ui/tab-nav";

/** What has left the inbox. */
export function HistoryTabs() {
  return (
    <TabNav
      label="Decided"
      items={[
        { href: "/approvals", label: "Requests" },
        { href: "/reviews", label: "Reviews" },
        { href: "/approvals/appeals", label: "Appeals" },
      ]}
    />
  );
}
