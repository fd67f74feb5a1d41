import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER } from "next/constants.js";

/** Everything comes from this site. Next writes its data into inline scripts; Radix, sonner and recharts set inline styles. */
const contentSecurityPolicy = (development: boolean) =>
  [
    "default-src 'self'",
    `script-src 'self' 'unsafe-inline'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self'${development ? " ws: wss:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");

const securityHeaders = (development: boolean) => [
  { key: "Content-Security-Policy", value: contentSecurityPolicy(development) },
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
];

const SESSION_COOKIES = ["next-auth.session-token", "__Secure-next-auth.session-token"];

const config = (phase: string): NextConfig => ({
  poweredByHeader: false,
  headers: async () => [{ source: "/:path*", headers: securityHeaders(phase === PHASE_DEVELOPMENT_SERVER) }],
  // Only so that signing in leads back to the page that was wanted.
  // Who may see a page is decided by the page, from the database.
  redirects: async () => [
    {
      source: "/:path((?:approvals|runs|decisions|agents|chart|catalogue|policies|audit|people)(?:/.*)?)",
      missing: SESSION_COOKIES.map((key) => ({ type: "cookie" as const, key })),
      destination: "/sign-in?next=/:path",
      permanent: false,
    },
  ],
  // In development Next would print the arguments of every server action, passwords among them.
  logging: { serverFunctions: false },
  // Titles come with the page: streamed behind it, they are missing for a moment after every live refresh.
  htmlLimitedBots: /.*/,
  reactStrictMode: true,
  // A policy of ten thousand rules is saved whole; the default of 1 MB would refuse it.
  experimental: { serverActions: { bodySizeLimit: "6mb" } },
  typedRoutes: false,
  // `npm test` runs the compiler once over everything.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["pg", "@prisma/client", "@prisma/adapter-pg", "@node-rs/argon2", "pino", "prom-client"],
});

export default config;
