import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";

import { CliError, readStdin } from "@/lib/cli/terminal";
import { invokedFrom } from "@/lib/server/env";

/** Where the person stood: `npm run` changes to the repository before it starts anything. */
export const fromHere = (path: string): string => resolve(invokedFrom(), path);

/** The text of a file, or of standard input for `-`. */
export async function readText(path: string): Promise<string> {
  if (path === "-") return await readStdin("the file");
  try {
    return readFileSync(fromHere(path), "utf8");
  } catch (cause) {
    throw new CliError(`${path} cannot be read: ${why(cause)}.`, 2);
  }
}

export function writeText(path: string, text: string): void {
  try {
    writeFileSync(fromHere(path), text);
  } catch (cause) {
    throw new CliError(`${path} cannot be written: ${why(cause)}.`);
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EISDIR: "it is a folder",
  ENOSPC: "the disk is full",
};

export function why(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return WHY[code] ?? (cause instanceof Error ? cause.message : String(cause));
}
