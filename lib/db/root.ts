import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root, wherever the process was started. Bundles keep this file's depth (`.next/roles/`). */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
