import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root, wherever the process was started. Not `new URL("../..")`: Next would take that for a file to bundle. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
