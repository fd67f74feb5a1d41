"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { formatCount } from "@/components/ui/format/number";
import { Logo } from "./logo";
import { NAV, type NavCounts, type NavId, sectionOf } from "./nav";

export interface Organisation {
  name: string;
  /** The demo organisation is marked wherever its name stands. */
  demo: boolean;
}

interface SidebarProps {
  organisation: Organisation;
  counts: NavCounts;
  sections: readonly NavId[] | undefined;
  onNavigate?: () => void;
}

const COUNT_LABELS: Partial<Record<NavId, string>> = { inbox: "waiting for you", incidents: "open" };
const MOST_SHOWN = 99;

export function Sidebar({ organisation, counts, sections, onNavigate }: SidebarProps) {
  const current = sectionOf(usePathname());
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-2">
      <Link
        href="/"
        onClick={onNavigate}
        className={cn(
          "flex h-10 items-center gap-2.5 rounded-md px-2 hover:bg-surface-3",
          // Beside the close button of the sheet.
          onNavigate !== undefined && "mr-9",
        )}
      >
        <Logo />
        <span className="flex min-w-0 flex-col leading-4">
          <span className="truncate text-sm font-semibold">{organisation.name}</span>
          <span className="text-2xs text-muted">Remit</span>
        </span>
        {organisation.demo && <DemoMark className="ml-auto" />}
      </Link>
      <nav aria-label="Console">
        <ul className="flex flex-col gap-px">
          {NAV.filter((item) => sections === undefined || sections.includes(item.id)).map((item) => {
            const active = current?.id === item.id;
            const count = counts[item.id] ?? 0;
            return (
              <li key={item.id}>
                <Link
                  href={item.href}
                  onClick={onNavigate}
                  aria-current={active ? "page" : undefined}
                  className={cn(
                    "flex h-8 items-center gap-2.5 rounded-md px-2 text-sm text-muted transition-colors hover:bg-surface-3 hover:text-foreground max-lg:h-10",
                    active && "bg-surface-3 font-medium text-foreground",
                  )}
                >
                  <item.icon aria-hidden className={cn("size-4 shrink-0", active && "text-accent-text")} />
                  {item.label}
                  {count > 0 && (
                    <span className="ml-auto rounded-full bg-accent px-1.5 text-2xs font-semibold leading-4.5 text-on-accent tabular-nums">
                      {count > MOST_SHOWN ? `${MOST_SHOWN}+` : formatCount(count)}
                      <span className="sr-only"> {COUNT_LABELS[item.id]}</span>
                    </span>
                  )}
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
    </div>
  );
}

export function DemoMark({ className }: { className?: string }) {
  return (
    <Badge tone="escalate" className={className} title="A demo organisation with simulated agents">
      Demo
    </Badge>
  );
}
