"use client";
import { Menu, Search } from "lucide-react";
import { LiveIndicator } from "@/components/live/live-indicator";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Bell } from "./bell";
import { ShellBreadcrumb } from "./crumbs";
import { PersonMenu, type ShellPerson } from "./person-menu";
import { DemoMark, type Organisation } from "./sidebar";

interface TopBarProps {
  organisation: Organisation;
  person: ShellPerson;
  /** Unread notifications of the person. */
  unread: number;
  signOut: () => Promise<void> | void;
  openMenu: () => void;
  openPalette: () => void;
  openKeys: () => void;
}

export function TopBar({ organisation, person, unread, signOut, openMenu, openPalette, openKeys }: TopBarProps) {
  return (
    <header className="sticky top-0 z-30 flex h-12 shrink-0 items-center gap-2 border-b border-line bg-background px-3 sm:px-6 lg:static lg:rounded-t-lg">
      <Button variant="ghost" size="icon" aria-label="Menu" className="-ml-1.5 lg:hidden" onClick={openMenu}>
        <Menu aria-hidden />
      </Button>
      <div className="flex min-w-0 flex-1 items-center gap-2">
        <ShellBreadcrumb organisation={organisation.name} />
        {organisation.demo && <DemoMark className="shrink-0 lg:hidden" />}
      </div>
      <LiveIndicator />
      <Button
        variant="secondary"
        className="w-44 justify-start font-normal text-muted shadow-none max-md:hidden"
        onClick={openPalette}
      >
        <Search aria-hidden />
        Search
        <Kbd keys="mod+k" className="ml-auto" />
      </Button>
      <Button variant="ghost" size="icon" aria-label="Search and commands" className="md:hidden" onClick={openPalette}>
        <Search aria-hidden />
      </Button>
      <Bell unread={unread} />
      <PersonMenu person={person} signOut={signOut} showKeys={openKeys} />
    </header>
  );
}
