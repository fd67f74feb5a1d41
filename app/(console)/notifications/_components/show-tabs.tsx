import Link from "next/link";
import { tabClasses, tabListClasses } from "@/components/ui/tabs";
import { notificationsHref } from "../search-params";

export function ShowTabs({ show, unread }: { show: "unread" | "all"; unread: number }) {
  const tabs = [
    { id: "unread", label: "Unread", count: unread },
    { id: "all", label: "All", count: null },
  ] as const;
  return (
    <nav aria-label="Which notifications" className={tabListClasses}>
      {tabs.map(({ id, label, count }) => (
        <Link
          key={id}
          href={notificationsHref({ show: id })}
          aria-current={id === show ? "page" : undefined}
          className={tabClasses}
        >
          {label}
          {count !== null && (
            <span className="rounded-full bg-surface-3 px-1.5 text-xs font-medium tabular-nums text-muted">
              {count > 99 ? "99+" : count}
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
