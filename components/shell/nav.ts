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
  Users,
} from "lucide-react";

export type NavId =
  | "overview"
  | "approvals"
  | "runs"
  | "agents"
  | "chart"
  | "catalogue"
  | "policies"
  | "audit"
  | "people";

/** Numbers that stand behind a section's name. */
export type NavCounts = Partial<Record<NavId, number>>;

export interface NavItem {
  id: NavId;
  label: string;
  href: string;
  icon: LucideIcon;
  /** The second key after `g`. */
  key: string;
}

/** The console's sections, in the order of the sidebar, the palette and the `?` sheet. */
export const NAV: readonly NavItem[] = [
  { id: "overview", label: "Overview", href: "/", icon: LayoutDashboard, key: "o" },
  { id: "approvals", label: "Approvals", href: "/approvals", icon: Inbox, key: "a" },
  { id: "runs", label: "Runs", href: "/runs", icon: ListTree, key: "r" },
  { id: "agents", label: "Agents", href: "/agents", icon: Bot, key: "g" },
  { id: "chart", label: "Chart", href: "/chart", icon: Network, key: "c" },
  { id: "catalogue", label: "Catalogue", href: "/catalogue", icon: LibraryBig, key: "l" },
  { id: "policies", label: "Policies", href: "/policies", icon: Scale, key: "y" },
  { id: "audit", label: "Audit", href: "/audit", icon: ScrollText, key: "u" },
  { id: "people", label: "People", href: "/people", icon: Users, key: "p" },
];

/** The section that an address belongs to. */
export function sectionOf(pathname: string): NavItem | undefined {
  return NAV.find(({ href }) =>
    href === "/" ? pathname === "/" : pathname === href || pathname.startsWith(`${href}/`),
  );
}
