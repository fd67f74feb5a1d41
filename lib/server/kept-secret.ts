import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Reads a secret of a home, or makes it, readable by its owner only. The file appears whole or not at all (written aside, then linked), so that two processes that start at once share one. */
export function keptSecret(home: string, name: "session" | "seal" | "checkpoint"): string {
  const file = join(home, "keys", name);
  const known = read(file);
  if (known) return known;
  mkdirSync(join(home, "keys"), { recursive: true, mode: 0o700 });
  const aside = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(aside, randomBytes(48).toString("base64url"), { mode: 0o600 });
  try {
    linkSync(aside, file);
  } catch (cause) {
    if (!isCode(cause, "EEXIST")) throw cause;
  } finally {
    rmSync(aside, { force: true });
  }
  const made = read(file);
  if (!made) throw new Error(`the key in ${file} is unreadable`);
  return made;
}

function read(file: string): string | null {
  try {
    const text = readFileSync(file, "utf8").trim();
    return text.length >= 32 ? text : null;
  } catch (cause) {
    if (isCode(cause, "ENOENT")) return null;
    throw cause;
  }
}

const isCode = (cause: unknown, code: string): boolean =>
  cause instanceof Error && "code" in cause && cause.code === code;
