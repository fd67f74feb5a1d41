import { TabNav } from "@/components/ui/tab-nav";

export function AutonomyTabs() {
  return (
    <TabNav
      label="Autonomy"
      items={[
        { label: "Promotions", href: "/autonomy" },
        { label: "Unused grants", href: "/autonomy/grants" },
        { label: "Monthly reports", href: "/autonomy/reports" },
      ]}
    />
  );
}
