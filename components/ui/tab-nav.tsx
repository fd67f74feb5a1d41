"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { tabClasses, tabListClasses } from "./tabs";

export interface TabNavItem {
  label: string;
  href: string;
  /** A number or badge behind the label. */
  trailing?: ReactNode;
}

/** Tabs that are pages of their own: links, so that each has an address and the back button works. */
export function TabNav({
  label,
  items,
  className,
}: {
  label: string;
  items: readonly TabNavItem[];
  className?: string;
}) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className={cn(tabListClasses, className)}>
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={pathname === item.href ? "page" : undefined}
          className={tabClasses}
        >
          {item.label}
          {item.trailing}
        </Link>
      ))}
    </nav>
  );
}
