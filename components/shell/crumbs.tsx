"use client";
import { usePathname } from "next/navigation";
import { createContext, type Dispatch, type ReactNode, type SetStateAction, use, useEffect, useState } from "react";
import { Breadcrumb, type Crumb } from "@/components/ui/breadcrumb";
import { sectionOf } from "./nav";

const CrumbsContext = createContext<readonly Crumb[]>([]);
const SetCrumbsContext = createContext<Dispatch<SetStateAction<readonly Crumb[]>>>(() => undefined);

export function CrumbsProvider({ children }: { children: ReactNode }) {
  const [crumbs, setCrumbs] = useState<readonly Crumb[]>([]);
  return (
    <SetCrumbsContext value={setCrumbs}>
      <CrumbsContext value={crumbs}>{children}</CrumbsContext>
    </SetCrumbsContext>
  );
}

/** What a page below a section adds to the breadcrumb: `<Crumbs items={[{ label: agent.name }]} />`. */
export function Crumbs({ items }: { items: readonly Crumb[] }) {
  const setCrumbs = use(SetCrumbsContext);
  // Compared by content: a server component hands over a new array with every refresh.
  const text = JSON.stringify(items);
  useEffect(() => {
    const parsed: Crumb[] = JSON.parse(text);
    setCrumbs(parsed);
    return () => setCrumbs([]);
  }, [text, setCrumbs]);
  return null;
}

export function ShellBreadcrumb({ organisation }: { organisation: string }) {
  const section = sectionOf(usePathname());
  const crumbs = use(CrumbsContext);
  const all: Crumb[] = [
    { label: organisation, href: "/" },
    ...(section === undefined ? [] : [{ label: section.label, href: section.href }]),
    ...crumbs,
  ];
  return (
    <>
      <Breadcrumb crumbs={all} className="max-sm:hidden" />
      {/* Under 640 px there is room for where one is, not for the way there. */}
      <p className="truncate text-sm font-medium sm:hidden">{all.at(-1)?.label}</p>
    </>
  );
}
