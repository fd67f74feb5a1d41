"use client";
import { useRouter } from "next/navigation";
import { useTheme } from "next-themes";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { LiveProvider, useLive } from "@/components/live/live";
import { useAnnounce } from "@/components/ui/announcer";
import { formatPlural } from "@/components/ui/format/number";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { CommandPalette, type SearchHit } from "./command-palette";
import { CrumbsProvider } from "./crumbs";
import { KeySheet } from "./key-sheet";
import { NAV, type NavCounts, type NavId } from "./nav";
import { OwnNumbersContext, type OwnNumbers } from "./own-numbers";
import type { ShellPerson } from "./person-menu";
import { type Organisation, Sidebar } from "./sidebar";
import { TopBar } from "./top-bar";

export interface ShellProps {
  person: ShellPerson;
  organisation: Organisation;
  /** `{ inbox: 3 }`; kept fresh by the topics of what is counted. */
  counts: NavCounts;
  /** The person's notifications: how many are unread, and the topic that keeps the number fresh. */
  inbox: { unread: number; topic: string };
  /** The sections that this person may open; all of them by default. */
  sections?: readonly NavId[];
  /** A server action, or next-auth's own. */
  signOut: () => Promise<void> | void;
  /** A server action that finds records for the palette. */
  search?: (query: string) => Promise<readonly SearchHit[]>;
  /** What everybody must see, on every page. */
  notice?: ReactNode;
  children: ReactNode;
}

/** The frame of the signed-in console. */
export function Shell(props: ShellProps) {
  return (
    <LiveProvider>
      <CrumbsProvider>
        <Frame {...props} />
      </CrumbsProvider>
    </LiveProvider>
  );
}

type Layer = "menu" | "palette" | "keys";

function Frame({ person, organisation, counts, inbox, sections, signOut, search, notice, children }: ShellProps) {
  const router = useRouter();
  const { resolvedTheme, setTheme } = useTheme();
  const [layer, setLayer] = useState<Layer | null>(null);
  const during = (which: Layer) => ({
    open: layer === which,
    onOpenChange: (open: boolean) => setLayer(open ? which : null),
  });
  const [own, setOwn] = useState<OwnNumbers | null>(null);
  const shown = { ...counts, ...own?.counts };
  useLive(["approvals", "reviews", "appeals", "incidents", "stops", inbox.topic]);
  useAnnounceWaiting(shown.inbox ?? 0);
  useHotkeys([
    {
      keys: "mod+k",
      label: "Search and commands",
      group: "Everywhere",
      inFields: true,
      run: () => setLayer("palette"),
    },
    { keys: "?", label: "Show the keys", group: "Everywhere", palette: true, run: () => setLayer("keys") },
    {
      label: "Switch between light and dark",
      group: "Everywhere",
      palette: true,
      run: () => setTheme(resolvedTheme === "dark" ? "light" : "dark"),
    },
    {
      keys: "g n",
      label: "Notifications",
      group: "Go to",
      palette: true,
      run: () => router.push("/notifications"),
    },
    { label: "Sign out", group: "Everywhere", palette: true, run: () => void signOut() },
    ...NAV.filter((item) => sections === undefined || sections.includes(item.id)).map((item) => ({
      keys: `g ${item.key}`,
      label: item.label,
      group: "Go to",
      run: () => router.push(item.href),
    })),
  ]);
  const sidebar = { organisation, counts: shown, sections };
  return (
    <div className="bg-canvas lg:grid lg:h-dvh lg:grid-cols-[14rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="fixed left-2 top-2 z-60 -translate-y-16 rounded-md bg-accent px-3 py-1.5 text-sm font-medium text-on-accent focus:translate-y-0"
      >
        Skip to the content
      </a>
      <aside className="flex min-h-0 flex-col max-lg:hidden">
        <Sidebar {...sidebar} />
      </aside>
      <div className="flex min-h-dvh min-w-0 flex-col lg:min-h-0 lg:py-2 lg:pr-2">
        <div className="flex min-w-0 flex-1 flex-col bg-background lg:min-h-0 lg:rounded-lg lg:border lg:border-line lg:shadow-card">
          <TopBar
            organisation={organisation}
            person={person}
            unread={own?.unread ?? inbox.unread}
            signOut={signOut}
            openMenu={() => setLayer("menu")}
            openPalette={() => setLayer("palette")}
            openKeys={() => setLayer("keys")}
          />
          {notice}
          <main id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none lg:min-h-0 lg:overflow-y-auto">
            <OwnNumbersContext value={setOwn}>{children}</OwnNumbersContext>
          </main>
        </div>
      </div>
      <Sheet {...during("menu")}>
        <SheetContent side="left" title="Menu" titleHidden className="bg-canvas">
          <Sidebar {...sidebar} onNavigate={() => setLayer(null)} />
        </SheetContent>
      </Sheet>
      <CommandPalette {...during("palette")} sections={sections} search={search} />
      <KeySheet {...during("keys")} />
    </div>
  );
}

/** Says when more waits than before. */
function useAnnounceWaiting(waiting: number): void {
  const announce = useAnnounce();
  const last = useRef(waiting);
  useEffect(() => {
    if (waiting > last.current) announce(`${formatPlural(waiting, "item")} waiting in your inbox`);
    last.current = waiting;
  }, [waiting, announce]);
}
