import type { NextConfig } from "next";

/** Pages get their content security policy from `proxy.ts`, which knows the request's nonce. */
const SECURITY_HEADERS = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "same-origin" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  { key: "Permissions-Policy", value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
];

const SESSION_COOKIES = ["next-auth.session-token", "__Secure-next-auth.session-token"];

const config: NextConfig = {
  poweredByHeader: false,
  headers: async () => [
    { source: "/:path*", headers: SECURITY_HEADERS },
    {
      source: "/api/:path*",
      headers: [{ key: "Content-Security-Policy", value: "default-src 'none'; frame-ancestors 'none'" }],
    },
  ],
  // Only so that signing in leads back to the page that was wanted.
  // Who may see a page is decided by the page, from the database.
  redirects: async () => [
    {
      source:
        "/:path((?:inbox|approvals|incidents|runs|decisions|agents|chart|catalogue|policies|autonomy|audit|people|settings|notifications)(?:/.*)?)",
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
};

export default config;
