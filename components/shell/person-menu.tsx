"use client";
import { Keyboard, LogOut, UserRound } from "lucide-react";
import Link from "next/link";
import { useTheme } from "next-themes";
import { useTransition } from "react";
import { Avatar } from "@/components/ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Kbd } from "@/components/ui/kbd";
import { THEMES } from "./theme-choice";

export interface ShellPerson {
  name: string;
  email: string;
}

interface PersonMenuProps {
  person: ShellPerson;
  signOut: () => Promise<void> | void;
  showKeys: () => void;
}

export function PersonMenu({ person, signOut, showKeys }: PersonMenuProps) {
  const { theme, setTheme } = useTheme();
  const [, startTransition] = useTransition();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`${person.name}: account and theme`}
        className="rounded-full transition-opacity hover:opacity-85 data-[state=open]:opacity-85"
      >
        <Avatar name={person.name} size="sm" className="size-7" />
      </DropdownMenuTrigger>
      <DropdownMenuContent className="w-56">
        <DropdownMenuLabel className="py-1.5">
          <span className="block truncate text-sm font-medium text-foreground">{person.name}</span>
          <span className="block truncate">{person.email}</span>
        </DropdownMenuLabel>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={theme ?? "system"} onValueChange={setTheme}>
          {THEMES.map(({ id, label }) => (
            <DropdownMenuRadioItem key={id} value={id} onSelect={(event) => event.preventDefault()}>
              {label}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href="/people/me">
            <UserRound aria-hidden />
            Your account
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={showKeys}>
          <Keyboard aria-hidden />
          Keyboard shortcuts
          <Kbd keys="?" className="ml-auto" />
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => startTransition(async () => await signOut())}>
          <LogOut aria-hidden />
          Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
