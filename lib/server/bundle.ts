import { join } from "node:path";

import { build } from "esbuild";

import { ROOT } from "@/lib/db/root";
import { ROLES, BUNDLES, ROLE_SOURCES } from "@/lib/server/role-command";

/**
 * Compiles the roles for production: run from their sources, each spends half a second of processor time on compiling, and
 * the hooks for it slow down everything else that it loads.
 */
export const bundleRoles = (): Promise<void> =>
  bundle(Object.fromEntries(ROLES.map((role) => [role, ROLE_SOURCES[role]])), join(ROOT, BUNDLES));

/**
 * One `<name>.mjs` of each entry; packages stay in node_modules. `folder` lies as deep below the root as lib/db/, whose
 * root.ts finds the root from where it lies.
 */
export async function bundle(entries: Record<string, string>, folder: string): Promise<void> {
  await build({
    absWorkingDir: ROOT,
    entryPoints: entries,
    outdir: folder,
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
