"use client";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { HotkeyProvider } from "@/components/hotkeys/hotkeys";
import { AnnouncerProvider } from "@/components/ui/announcer";
import { TimeZoneProvider } from "@/components/ui/time-zone";
import { Toaster } from "@/components/ui/toast";
import { TooltipProvider } from "@/components/ui/tooltip";

interface ProvidersProps {
  /** For the script that sets the theme before the first paint, when the policy asks for nonces. */
  nonce: string | undefined;
  timeZone: string;
  children: ReactNode;
}

// React warns of scripts that it creates in the browser, where this one has nothing left to do.
const scriptProps = { type: typeof window === "undefined" ? "text/javascript" : "text/plain" };

/** What every page stands in, signed in or not. */
export function Providers({ nonce, timeZone, children }: ProvidersProps) {
  return (
    <ThemeProvider
      attribute="data-theme"
      disableTransitionOnChange
      storageKey="remit-theme"
      nonce={nonce}
      scriptProps={scriptProps}
    >
      <TimeZoneProvider initial={timeZone}>
        <NuqsAdapter>
          <AnnouncerProvider>
            <HotkeyProvider>
              <TooltipProvider delayDuration={400}>{children}</TooltipProvider>
            </HotkeyProvider>
          </AnnouncerProvider>
        </NuqsAdapter>
        <Toaster />
      </TimeZoneProvider>
    </ThemeProvider>
  );
}
