import { TabNav } from "@/components/ui/tab-nav";

const TABS = [
  { label: "People", href: "/people" },
  { label: "On call", href: "/people/rotations" },
];

export const PeopleTabs = () => <TabNav label="People" items={TABS} />;
