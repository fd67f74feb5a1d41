import "./globals.css";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "@/components/shell/providers";
import { TIME_ZONE_COOKIE, timeZoneFrom } from "@/components/ui/time-zone-cookie";

export const metadata: Metadata = {
  title: { default: "Remit", template: "%s · Remit" },
  description: "The control plane between AI agents and the systems they act on.",
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f7f7f8" },
    { media: "(prefers-color-scheme: dark)", color: "#0b0b0d" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [requestHeaders, requestCookies] = await Promise.all([headers(), cookies()]);
  return (
    // The theme's script sets an attribute here before React looks.
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body>
        <Providers
          nonce={requestHeaders.get("x-nonce") ?? undefined}
          timeZone={timeZoneFrom(requestCookies.get(TIME_ZONE_COOKIE)?.value)}
        >
          {children}
        </Providers>
      </body>
    </html>
  );
}
