import { fileURLToPath } from "node:url";

/** The repository's root, wherever the process was started. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
