import {
  Bot,
  Inbox,
  LayoutDashboard,
  LibraryBig,
  ListTree,
  type LucideIcon,
  Network,
  Scale,
  ScrollText,
  Settings2,
  Siren,
  Sprout,
  Users,
} from "lucide-react";

export type NavId =
  | "overview"
  | "inbox"
  | "incidents"
  | "runs"
  | "agents"
  | "chart"
  | "catalogue"
  | "policies"
  | "audit"
  | "people"
  | "autonomy"
  | "settings";

/** Numbers that stand behind a section's name. */
export type NavCounts = Partial<Record<NavId, number>>;

interface NavItem {
  id: NavId;
  label: string;
  href: string;
  /** Other addresses below which its pages stand. */
  also?: readonly string[];
  icon: LucideIcon;
  /** The second key after `g`. */
  key: string;
}

/** The console's sections, in the order of the sidebar, the palette and the `?` sheet. */
export const NAV: readonly NavItem[] = [
  { id: "overview", label: "Overview", href: "/", icon: LayoutDashboard, key: "o" },
  { id: "inbox", label: "Inbox", href: "/inbox", also: ["/approvals", "/reviews"], icon: Inbox, key: "a" },
  { id: "incidents", label: "Incidents", href: "/incidents", icon: Siren, key: "i" },
  { id: "runs", label: "Runs", href: "/runs", icon: ListTree, key: "r" },
  { id: "agents", label: "Agents", href: "/agents", icon: Bot, key: "g" },
  { id: "chart", label: "Chart", href: "/chart", icon: Network, key: "c" },
  { id: "catalogue", label: "Catalogue", href: "/catalogue", icon: LibraryBig, key: "l" },
  { id: "policies", label: "Policies", href: "/policies", icon: Scale, key: "y" },
  { id: "autonomy", label: "Autonomy", href: "/autonomy", icon: Sprout, key: "t" },
  { id: "audit", label: "Audit", href: "/audit", icon: ScrollText, key: "u" },
  { id: "people", label: "People", href: "/people", icon: Users, key: "p" },
  { id: "settings", label: "Settings", href: "/settings", icon: Settings2, key: "s" },
];

/** The section that an address belongs to. */
export function sectionOf(pathname: string): NavItem | undefined {
  return NAV.find(({ href, also = [] }) =>
    href === "/" ? pathname === "/" : [href, ...also].some((one) => pathname === one || pathname.startsWith(`${one}/`)),
  );
}
