"use client";
import { signOut } from "next-auth/react";
import type { ReactNode } from "react";
import { Shell, type ShellProps } from "@/components/shell/shell";
import { searchConsole } from "../actions";

type ConsoleShellProps = Omit<ShellProps, "signOut" | "search" | "children"> & { children: ReactNode };

/** The shell, with what it calls on the server. */
export function ConsoleShell({ children, ...props }: ConsoleShellProps) {
  return (
    <Shell
      {...props}
      signOut={async () => {
        await signOut({ redirect: false });
        // A whole load: nothing of what was on the screen stays in the browser's memory.
        window.location.assign("/sign-in");
      }}
      search={async (query) => {
        const found = await searchConsole({ query });
        return found.ok ? found.value : [];
      }}
    >
      {children}
    </Shell>
  );
}
