"use client";
import { useRouter } from "next/navigation";
import { signOut } from "next-auth/react";
import type { ReactNode } from "react";
import { useHotkeys } from "@/components/hotkeys/hotkeys";
import { Shell, type ShellProps } from "@/components/shell/shell";
import { searchConsole } from "../actions";

type ConsoleShellProps = Omit<ShellProps, "signOut" | "search" | "children"> & { children: ReactNode };

/** The shell, with what it calls on the server. */
export function ConsoleShell({ children, ...props }: ConsoleShellProps) {
  const router = useRouter();
  const stops = props.sections === undefined || props.sections.includes("incidents");
  useHotkeys(
    [
      {
        label: "Kill switch: stop agents",
        group: "Everywhere",
        palette: true,
        run: () => router.push("/incidents/kill-switch"),
      },
    ],
    { enabled: stops },
  );
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
