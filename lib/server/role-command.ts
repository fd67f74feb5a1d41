import type { RoleName } from "@/lib/server/role";

/** Where each role begins. */
export const ROLE_SOURCES: Record<RoleName, string> = {
  web: "lib/server/web.ts",
  gate: "lib/gate/main.ts",
  worker: "lib/worker/main.ts",
  demo: "lib/demo/main.ts",
};

/** Those that `npm start` waits for; see lib/server/bundle.ts. */
export const BUNDLED_ROLES = ["web", "gate", "worker"] as const satisfies readonly RoleName[];
export const BUNDLES = ".next/roles";

/** What Node.js runs a role with: its bundle in production, its sources in development, where gate and worker begin again when these change. */
export function roleCommand(role: RoleName, mode: "production" | "development"): string[] {
  const bundled = BUNDLED_ROLES.some((one) => one === role);
  if (mode === "production" && bundled) return ["--enable-source-maps", `${BUNDLES}/${role}.mjs`];
  const watch = mode === "development" && role !== "web" ? ["--watch", "--watch-preserve-output"] : [];
  return ["--import", "tsx", ...watch, ROLE_SOURCES[role]];
}
