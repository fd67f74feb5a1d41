import { join } from "node:path";

import { build } from "esbuild";

import { ROOT } from "@/lib/db/root";
import { ROLES, BUNDLES, ROLE_SOURCES } from "@/lib/server/role-command";

/**
 * Compiles the roles for production: run from their sources, each spends half a second of processor time on compiling, and
 * the hooks for it slow down everything else that it loads. Packages stay in node_modules.
 */
export async function bundleRoles(): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: Object.fromEntries(ROLES.map((role) => [role, ROLE_SOURCES[role]])),
    // As deep below the root as lib/db/root.ts, which finds the root from where it lies.
    outdir: join(ROOT, BUNDLES),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    sourcemap: "linked",
    logLevel: "error",
  });
}
