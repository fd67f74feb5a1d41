import type { RoleName } from "@/lib/server/role";

/** Where each role begins. */
export const ROLE_SOURCES: Record<RoleName, string> = {
  web: "lib/server/web.ts",
  gate: "lib/gate/main.ts",
  worker: "lib/worker/main.ts",
};

export const ROLES = ["web", "gate", "worker"] as const satisfies readonly RoleName[];
/** The folder of the roles as production runs them; see lib/server/bundle.ts. */
export const BUNDLES = ".next/roles";

/**
 * MiB of the space in which objects begin: the gate makes much garbage that is short-lived, and with the usual 16 each batch of it is looked
 * through while the requests that it belongs to are still under way.
 */
const GATE_YOUNG_MIB = 64;

/** What Node.js runs a role with: its bundle in production, its sources in development, where gate and worker begin again when these change. */
export function roleCommand(role: RoleName, mode: "production" | "development"): string[] {
  const young = role === "gate" ? [`--max-semi-space-size=${GATE_YOUNG_MIB}`] : [];
  if (mode === "production") return ["--enable-source-maps", ...young, `${BUNDLES}/${role}.mjs`];
  const watch = role !== "web" ? ["--watch", "--watch-preserve-output"] : [];
  return ["--import", "tsx", ...watch, ROLE_SOURCES[role]];
}
